package config.terraform.bucket_public_access_test

import data.config.terraform.bucket_public_access

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in bucket_public_access.finding} with input.context.documents as [document]
}

test_all_four_switches_are_on if pointers({"type": "terraform/aws_s3_bucket_public_access_block", "id": "aws_s3_bucket_public_access_block.main", "operation": "update", "content": {"address": "aws_s3_bucket_public_access_block.main", "type": "aws_s3_bucket_public_access_block", "change": {"actions": ["update"], "after": {"block_public_acls": true, "block_public_policy": true, "ignore_public_acls": true, "restrict_public_buckets": true}}}}) == set()

test_one_is_off if pointers({"type": "terraform/aws_s3_bucket_public_access_block", "id": "aws_s3_bucket_public_access_block.main", "operation": "update", "content": {"address": "aws_s3_bucket_public_access_block.main", "type": "aws_s3_bucket_public_access_block", "change": {"actions": ["update"], "after": {"block_public_acls": true, "block_public_policy": false, "ignore_public_acls": true, "restrict_public_buckets": true}}}}) == {"/change/after/block_public_policy"}

test_what_only_the_apply_will_show_is_not_complained_of if pointers({"type": "terraform/aws_s3_bucket_public_access_block", "id": "aws_s3_bucket_public_access_block.main", "operation": "update", "content": {"address": "aws_s3_bucket_public_access_block.main", "type": "aws_s3_bucket_public_access_block", "change": {"actions": ["update"], "after": {"block_public_policy": true, "ignore_public_acls": true, "restrict_public_buckets": true}, "after_unknown": {"block_public_acls": true}}}}) == set()

test_each_is_judged if bucket_public_access.applies == {0} with input.context.documents as [{"type": "terraform/aws_s3_bucket_public_access_block", "id": "aws_s3_bucket_public_access_block.main", "operation": "update", "content": {"address": "aws_s3_bucket_public_access_block.main", "type": "aws_s3_bucket_public_access_block", "change": {"actions": ["update"], "after": {"block_public_acls": true, "block_public_policy": true, "ignore_public_acls": true, "restrict_public_buckets": true}}}}]
