package config.terraform.user_access_keys_test

import data.config.terraform.user_access_keys

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in user_access_keys.finding} with input.context.documents as [document]
}

test_a_key_is_switched_off if pointers({"type": "terraform/aws_iam_access_key", "id": "aws_iam_access_key.main", "operation": "update", "content": {"address": "aws_iam_access_key.main", "type": "aws_iam_access_key", "change": {"actions": ["update"], "after": {"user": "deploy", "status": "Inactive"}}}}) == set()

test_a_key_works_for_ever if pointers({"type": "terraform/aws_iam_access_key", "id": "aws_iam_access_key.main", "operation": "update", "content": {"address": "aws_iam_access_key.main", "type": "aws_iam_access_key", "change": {"actions": ["update"], "after": {"user": "deploy", "status": "Active"}}}}) == {"/change/after/status"}

test_each_is_judged if user_access_keys.applies == {0} with input.context.documents as [{"type": "terraform/aws_iam_access_key", "id": "aws_iam_access_key.main", "operation": "update", "content": {"address": "aws_iam_access_key.main", "type": "aws_iam_access_key", "change": {"actions": ["update"], "after": {"user": "deploy", "status": "Inactive"}}}}]
