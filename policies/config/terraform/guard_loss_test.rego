package config.terraform.guard_loss_test

import data.config.terraform.guard_loss

pointers(documents) := found if {
	found := {finding.pointer | some finding in guard_loss.finding} with input.context.documents as documents
}

trail(operation, after) := {"type": "terraform/aws_cloudtrail", "id": "aws_cloudtrail.main", "operation": operation, "content": {"change": {"actions": [operation], "after": after}}}

test_a_trail_that_records if pointers([trail("update", {"enable_logging": true})]) == set()

test_a_trail_that_is_switched_off if pointers([trail("update", {"enable_logging": false})]) == {"/change/after/enable_logging"}

test_a_trail_that_is_deleted if pointers([trail("delete", null)]) == {"/change/actions"}

test_one_that_is_deleted_without_its_content if pointers([{"type": "terraform/aws_securityhub_account", "id": "aws_securityhub_account.main", "operation": "delete"}]) == {"/change/actions"}

test_one_whose_actions_alone_say_so if pointers([{"type": "terraform/aws_cloudtrail", "id": "a", "content": {"change": {"actions": ["delete"], "after": null}}}]) == {"/change/actions"}

test_one_that_has_no_switch if pointers([{"type": "terraform/aws_securityhub_account", "id": "aws_securityhub_account.main", "operation": "create", "content": {"change": {"actions": ["create"], "after": {}}}}]) == set()
