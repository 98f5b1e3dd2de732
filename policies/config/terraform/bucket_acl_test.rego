package config.terraform.bucket_acl_test

import data.config.terraform.bucket_acl

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in bucket_acl.finding} with input.context.documents as [document]
}

test_a_bucket_is_private if pointers({"type": "terraform/aws_s3_bucket_acl", "id": "aws_s3_bucket_acl.main", "operation": "update", "content": {"address": "aws_s3_bucket_acl.main", "type": "aws_s3_bucket_acl", "change": {"actions": ["update"], "after": {"acl": "private"}}}}) == set()

test_everybody_may_read_it if pointers({"type": "terraform/aws_s3_bucket_acl", "id": "aws_s3_bucket_acl.main", "operation": "update", "content": {"address": "aws_s3_bucket_acl.main", "type": "aws_s3_bucket_acl", "change": {"actions": ["update"], "after": {"acl": "public-read"}}}}) == {"/change/after/acl"}

test_an_acl_of_the_logs_service_is_private if pointers({"type": "terraform/aws_s3_bucket_acl", "id": "aws_s3_bucket_acl.main", "operation": "update", "content": {"address": "aws_s3_bucket_acl.main", "type": "aws_s3_bucket_acl", "change": {"actions": ["update"], "after": {"acl": "log-delivery-write"}}}}) == set()

test_each_is_judged if bucket_acl.applies == {0} with input.context.documents as [{"type": "terraform/aws_s3_bucket_acl", "id": "aws_s3_bucket_acl.main", "operation": "update", "content": {"address": "aws_s3_bucket_acl.main", "type": "aws_s3_bucket_acl", "change": {"actions": ["update"], "after": {"acl": "private"}}}}]
