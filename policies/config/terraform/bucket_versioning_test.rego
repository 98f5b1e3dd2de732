package config.terraform.bucket_versioning_test

import data.config.terraform.bucket_versioning

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in bucket_versioning.finding} with input.context.documents as [document]
}

test_versions_are_kept if pointers({"type": "terraform/aws_s3_bucket_versioning", "id": "aws_s3_bucket_versioning.main", "operation": "update", "content": {"address": "aws_s3_bucket_versioning.main", "type": "aws_s3_bucket_versioning", "change": {"actions": ["update"], "after": {"versioning_configuration": [{"status": "Enabled"}]}}}}) == set()

test_versions_are_no_longer_kept if pointers({"type": "terraform/aws_s3_bucket_versioning", "id": "aws_s3_bucket_versioning.main", "operation": "update", "content": {"address": "aws_s3_bucket_versioning.main", "type": "aws_s3_bucket_versioning", "change": {"actions": ["update"], "after": {"versioning_configuration": [{"status": "Suspended"}]}}}}) == {"/change/after/versioning_configuration"}

test_what_only_the_apply_will_show_is_not_complained_of if pointers({"type": "terraform/aws_s3_bucket_versioning", "id": "aws_s3_bucket_versioning.main", "operation": "update", "content": {"address": "aws_s3_bucket_versioning.main", "type": "aws_s3_bucket_versioning", "change": {"actions": ["update"], "after": {}, "after_unknown": {"versioning_configuration": true}}}}) == set()

test_each_is_judged if bucket_versioning.applies == {0} with input.context.documents as [{"type": "terraform/aws_s3_bucket_versioning", "id": "aws_s3_bucket_versioning.main", "operation": "update", "content": {"address": "aws_s3_bucket_versioning.main", "type": "aws_s3_bucket_versioning", "change": {"actions": ["update"], "after": {"versioning_configuration": [{"status": "Enabled"}]}}}}]
