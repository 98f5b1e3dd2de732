package config.terraform.bucket_acl_test

import data.config.terraform.bucket_acl

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in bucket_acl.finding} with input.context.documents as [document]
}

test_a_bucket_is_private if pointers({"type": "terraform/aws_s3_bucket_acl", "id": "aws_s3_bucket_acl.main", "operation": "update", "content": {"address": "aws_s3_bucket_acl.main", "type": "aws_s3_bucket_acl", "change": {"actions": ["update"], "after": {"acl": "private"}}}}) == set()

test_everybody_may_read_it if pointers({"type": "terraform/aws_s3_bucket_acl", "id": "aws_s3_bucket_acl.main", "operation": "update", "content": {"address": "aws_s3_bucket_acl.main", "type": "aws_s3_bucket_acl", "change": {"actions": ["update"], "after": {"acl": "public-read"}}}}) == {"/change/after/acl"}

test_an_acl_of_the_logs_service_is_private if pointers({"type": "terraform/aws_s3_bucket_acl", "id": "aws_s3_bucket_acl.main", "operation": "update", "content": {"address": "aws_s3_bucket_acl.main", "type": "aws_s3_bucket_acl", "change": {"actions": ["update"], "after": {"acl": "log-delivery-write"}}}}) == set()

test_a_bucket_grants_rights_to_a_service if pointers({"type": "terraform/aws_s3_bucket", "id": "aws_s3_bucket.main", "operation": "update", "content": {"address": "aws_s3_bucket.main", "type": "aws_s3_bucket", "change": {"actions": ["update"], "after": {"grant": [{"type": "Group", "uri": "http://acs.amazonaws.com/groups/s3/LogDelivery", "permissions": ["WRITE"]}]}}}}) == set()

test_a_bucket_grants_rights_to_everybody if pointers({"type": "terraform/aws_s3_bucket", "id": "aws_s3_bucket.main", "operation": "update", "content": {"address": "aws_s3_bucket.main", "type": "aws_s3_bucket", "change": {"actions": ["update"], "after": {"grant": [{"type": "Group", "uri": "http://acs.amazonaws.com/groups/global/AllUsers", "permissions": ["WRITE"]}]}}}}) == {"/change/after/grant/0"}

test_an_acl_grants_rights_to_a_person if pointers({"type": "terraform/aws_s3_bucket_acl", "id": "aws_s3_bucket_acl.main", "operation": "update", "content": {"address": "aws_s3_bucket_acl.main", "type": "aws_s3_bucket_acl", "change": {"actions": ["update"], "after": {"access_control_policy": [{"grant": [{"permission": "READ", "grantee": [{"type": "CanonicalUser", "id": "a1", "uri": ""}]}]}]}}}}) == set()

test_an_acl_grants_rights_to_whoever_has_an_account_at_aws if pointers({"type": "terraform/aws_s3_bucket_acl", "id": "aws_s3_bucket_acl.main", "operation": "update", "content": {"address": "aws_s3_bucket_acl.main", "type": "aws_s3_bucket_acl", "change": {"actions": ["update"], "after": {"access_control_policy": [{"grant": [{"permission": "READ", "grantee": [{"type": "Group", "uri": "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"}]}]}]}}}}) == {"/change/after/access_control_policy/0/grant/0"}

test_each_is_judged if bucket_acl.applies == {0} with input.context.documents as [{"type": "terraform/aws_s3_bucket_acl", "id": "aws_s3_bucket_acl.main", "operation": "update", "content": {"address": "aws_s3_bucket_acl.main", "type": "aws_s3_bucket_acl", "change": {"actions": ["update"], "after": {"acl": "private"}}}}]
