package config.terraform.trail_test

import data.config.terraform.trail

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in trail.finding} with input.context.documents as [document]
}

test_a_trail_is_whole if pointers({"type": "terraform/aws_cloudtrail", "id": "aws_cloudtrail.main", "operation": "update", "content": {"address": "aws_cloudtrail.main", "type": "aws_cloudtrail", "change": {"actions": ["update"], "after": {"enable_logging": true, "is_multi_region_trail": true, "enable_log_file_validation": true}}}}) == set()

test_a_trail_sees_one_region if pointers({"type": "terraform/aws_cloudtrail", "id": "aws_cloudtrail.main", "operation": "update", "content": {"address": "aws_cloudtrail.main", "type": "aws_cloudtrail", "change": {"actions": ["update"], "after": {"enable_logging": true, "is_multi_region_trail": false, "enable_log_file_validation": true}}}}) == {"/change/after/is_multi_region_trail"}

test_a_trail_proves_nothing if pointers({"type": "terraform/aws_cloudtrail", "id": "aws_cloudtrail.main", "operation": "update", "content": {"address": "aws_cloudtrail.main", "type": "aws_cloudtrail", "change": {"actions": ["update"], "after": {"enable_logging": true, "is_multi_region_trail": true, "enable_log_file_validation": false}}}}) == {"/change/after/enable_log_file_validation"}

test_each_is_judged if trail.applies == {0} with input.context.documents as [{"type": "terraform/aws_cloudtrail", "id": "aws_cloudtrail.main", "operation": "update", "content": {"address": "aws_cloudtrail.main", "type": "aws_cloudtrail", "change": {"actions": ["update"], "after": {"enable_logging": true, "is_multi_region_trail": true, "enable_log_file_validation": true}}}}]
