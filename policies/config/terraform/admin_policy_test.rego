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

test_a_role_has_a_policy_in_itself if pointers({"type": "terraform/aws_iam_role", "id": "aws_iam_role.main", "operation": "update", "content": {"address": "aws_iam_role.main", "type": "aws_iam_role", "change": {"actions": ["update"], "after": {"inline_policy": [{"name": "orders", "policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::shop-orders/*\"}]}"}], "managed_policy_arns": ["arn:aws:iam::aws:policy/ReadOnlyAccess", null]}}}}) == set()

test_the_policy_in_it_allows_everything if pointers({"type": "terraform/aws_iam_role", "id": "aws_iam_role.main", "operation": "update", "content": {"address": "aws_iam_role.main", "type": "aws_iam_role", "change": {"actions": ["update"], "after": {"inline_policy": [{"name": "orders", "policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}]}"}], "managed_policy_arns": ["arn:aws:iam::aws:policy/ReadOnlyAccess", null]}}}}) == {"/change/after/inline_policy/0/policy"}

test_a_role_is_handed_the_rights_of_iam if pointers({"type": "terraform/aws_iam_role", "id": "aws_iam_role.main", "operation": "update", "content": {"address": "aws_iam_role.main", "type": "aws_iam_role", "change": {"actions": ["update"], "after": {"inline_policy": [{"name": "orders", "policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::shop-orders/*\"}]}"}], "managed_policy_arns": ["arn:aws:iam::aws:policy/IAMFullAccess", null]}}}}) == {"/change/after/managed_policy_arns/0"}

test_a_policy_allows_all_but_what_changes_rights if pointers({"type": "terraform/aws_iam_policy", "id": "aws_iam_policy.main", "operation": "update", "content": {"address": "aws_iam_policy.main", "type": "aws_iam_policy", "change": {"actions": ["update"], "after": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"NotAction\": [\"iam:*\", \"organizations:*\"], \"Resource\": \"*\"}]}"}}}}) == set()

test_a_policy_allows_all_but_some if pointers({"type": "terraform/aws_iam_policy", "id": "aws_iam_policy.main", "operation": "update", "content": {"address": "aws_iam_policy.main", "type": "aws_iam_policy", "change": {"actions": ["update"], "after": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"NotAction\": \"s3:DeleteBucket\", \"Resource\": \"*\"}]}"}}}}) == {"/change/after/policy"}

test_a_policy_spares_one_resource if pointers({"type": "terraform/aws_iam_policy", "id": "aws_iam_policy.main", "operation": "update", "content": {"address": "aws_iam_policy.main", "type": "aws_iam_policy", "change": {"actions": ["update"], "after": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"*\", \"NotResource\": \"arn:aws:s3:::shop-audit\"}]}"}}}}) == {"/change/after/policy"}

test_the_statements_of_a_policy_that_is_not_known_yet if pointers({"type": "terraform/aws_iam_policy_document", "id": "data.aws_iam_policy_document.main", "operation": "none", "content": {"address": "data.aws_iam_policy_document.main", "mode": "data", "type": "aws_iam_policy_document", "change": {"actions": ["read"], "after": {"statement": [{"effect": "Allow", "actions": ["s3:GetObject"], "resources": [null], "principals": [], "condition": []}]}, "after_unknown": {"json": true}}}}) == set()

test_one_of_them_allows_everything if pointers({"type": "terraform/aws_iam_policy_document", "id": "data.aws_iam_policy_document.main", "operation": "none", "content": {"address": "data.aws_iam_policy_document.main", "mode": "data", "type": "aws_iam_policy_document", "change": {"actions": ["read"], "after": {"statement": [{"effect": "Allow", "actions": ["*"], "resources": ["*"], "principals": [], "condition": []}]}, "after_unknown": {"json": true}}}}) == {"/change/after/statement/0"}

test_the_same_for_a_key_whose_policy_speaks_of_itself if pointers({"type": "terraform/aws_iam_policy_document", "id": "data.aws_iam_policy_document.main", "operation": "none", "content": {"address": "data.aws_iam_policy_document.main", "mode": "data", "type": "aws_iam_policy_document", "change": {"actions": ["read"], "after": {"statement": [{"effect": "Allow", "actions": ["*"], "resources": ["*"], "principals": [{"type": "AWS", "identifiers": ["arn:aws:iam::111122223333:root"]}], "condition": []}]}, "after_unknown": {"json": true}}}}) == set()

test_each_is_judged if admin_policy.applies == {0} with input.context.documents as [{"type": "terraform/aws_iam_policy", "id": "aws_iam_policy.main", "operation": "update", "content": {"address": "aws_iam_policy.main", "type": "aws_iam_policy", "change": {"actions": ["update"], "after": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\"s3:GetObject\"], \"Resource\": \"arn:aws:s3:::shop-orders/*\"}]}"}}}}]

test_statements_of_a_data_source_are_judged if admin_policy.applies == {0} with input.context.documents as [{"type": "terraform/aws_iam_policy_document", "id": "data.aws_iam_policy_document.a", "operation": "none", "content": {"change": {"actions": ["read"], "after": {}}}}]

test_nobody_knows_what_is_left_out if pointers({"type": "terraform/aws_iam_policy_document", "id": "data.aws_iam_policy_document.a", "operation": "none", "content": null}) == {""}
