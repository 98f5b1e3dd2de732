package config.terraform.shared_with_everybody_test

import data.config.terraform.shared_with_everybody

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in shared_with_everybody.finding} with input.context.documents as [document]
}

test_an_image_is_for_one_account if pointers({"type": "terraform/aws_ami_launch_permission", "id": "aws_ami_launch_permission.main", "operation": "update", "content": {"address": "aws_ami_launch_permission.main", "type": "aws_ami_launch_permission", "change": {"actions": ["update"], "after": {"image_id": "ami-1", "account_id": "111122223333", "group": null}}}}) == set()

test_an_image_is_for_everybody if pointers({"type": "terraform/aws_ami_launch_permission", "id": "aws_ami_launch_permission.main", "operation": "update", "content": {"address": "aws_ami_launch_permission.main", "type": "aws_ami_launch_permission", "change": {"actions": ["update"], "after": {"image_id": "ami-1", "account_id": "111122223333", "group": "all"}}}}) == {"/change/after/group"}

test_a_snapshot_is_for_one_account if pointers({"type": "terraform/aws_db_snapshot", "id": "aws_db_snapshot.main", "operation": "update", "content": {"address": "aws_db_snapshot.main", "type": "aws_db_snapshot", "change": {"actions": ["update"], "after": {"shared_accounts": ["111122223333"]}}}}) == set()

test_a_snapshot_is_for_everybody if pointers({"type": "terraform/aws_db_snapshot", "id": "aws_db_snapshot.main", "operation": "update", "content": {"address": "aws_db_snapshot.main", "type": "aws_db_snapshot", "change": {"actions": ["update"], "after": {"shared_accounts": ["all"]}}}}) == {"/change/after/shared_accounts"}

test_a_document_is_for_one_account if pointers({"type": "terraform/aws_ssm_document", "id": "aws_ssm_document.main", "operation": "update", "content": {"address": "aws_ssm_document.main", "type": "aws_ssm_document", "change": {"actions": ["update"], "after": {"permissions": {"type": "Share", "account_ids": "111122223333"}}}}}) == set()

test_a_document_is_for_everybody if pointers({"type": "terraform/aws_ssm_document", "id": "aws_ssm_document.main", "operation": "update", "content": {"address": "aws_ssm_document.main", "type": "aws_ssm_document", "change": {"actions": ["update"], "after": {"permissions": {"type": "Share", "account_ids": "All"}}}}}) == {"/change/after/permissions"}

test_each_is_judged if shared_with_everybody.applies == {0} with input.context.documents as [{"type": "terraform/aws_ami_launch_permission", "id": "aws_ami_launch_permission.main", "operation": "update", "content": {"address": "aws_ami_launch_permission.main", "type": "aws_ami_launch_permission", "change": {"actions": ["update"], "after": {"image_id": "ami-1", "account_id": "111122223333", "group": null}}}}]
