package config.terraform.admin_policy_test

import data.config.terraform.admin_policy

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in admin_policy.finding} with input.context.documents as [document]
}

test_a_policy_names_what_is_allowed if pointers({"type": "terraform/aws_iam_policy", "id": "aws_iam_policy.main", "operation": "update", "content": {"address": "aws_iam_policy.main", "type": "aws_iam_policy", "change": {"actions": ["update"], "after": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\"s3:GetObject\"], \"Resource\": \"arn:aws:s3:::shop-orders/*\"}]}"}}}}) == set()

test_a_policy_allows_everything if pointers({"type": "terraform/aws_iam_policy", "id": "aws_iam_policy.main", "operation": "update", "content": {"address": "aws_iam_policy.main", "type": "aws_iam_policy", "change": {"actions": ["update"], "after": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}]}"}}}}) == {"/change/after/policy"}

test_a_policy_that_forbids_everything_is_none if pointers({"type": "terraform/aws_iam_policy", "id": "aws_iam_policy.main", "operation": "update", "content": {"address": "aws_iam_policy.main", "type": "aws_iam_policy", "change": {"actions": ["update"], "after": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\"}]}"}}}}) == set()

test_a_policy_is_known_after_the_apply_only if pointers({"type": "terraform/aws_iam_policy", "id": "aws_iam_policy.main", "operation": "update", "content": {"address": "aws_iam_policy.main", "type": "aws_iam_policy", "change": {"actions": ["update"], "after": {}, "after_unknown": {"policy": true}}}}) == set()

test_a_role_gets_a_policy_of_aws if pointers({"type": "terraform/aws_iam_role_policy_attachment", "id": "aws_iam_role_policy_attachment.main", "operation": "update", "content": {"address": "aws_iam_role_policy_attachment.main", "type": "aws_iam_role_policy_attachment", "change": {"actions": ["update"], "after": {"policy_arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}}}}) == set()

test_a_role_gets_the_one_for_administrators if pointers({"type": "terraform/aws_iam_role_policy_attachment", "id": "aws_iam_role_policy_attachment.main", "operation": "update", "content": {"address": "aws_iam_role_policy_attachment.main", "type": "aws_iam_role_policy_attachment", "change": {"actions": ["update"], "after": {"policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess"}}}}) == {"/change/after/policy_arn"}

test_each_is_judged if admin_policy.applies == {0} with input.context.documents as [{"type": "terraform/aws_iam_policy", "id": "aws_iam_policy.main", "operation": "update", "content": {"address": "aws_iam_policy.main", "type": "aws_iam_policy", "change": {"actions": ["update"], "after": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\"s3:GetObject\"], \"Resource\": \"arn:aws:s3:::shop-orders/*\"}]}"}}}}]
