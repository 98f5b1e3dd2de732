package config.terraform.user_rights_test

import data.config.terraform.user_rights

pointers(type, after) := found if {
	found := {finding.pointer | some finding in user_rights.finding} with input.context.documents as [{"type": type, "id": "a", "operation": "update", "content": {"change": {"after": after}}}]
}

test_a_policy_of_a_user if pointers("terraform/aws_iam_user_policy", {"user": "chen"}) == {"/change/after/user"}

test_one_that_is_attached if pointers("terraform/aws_iam_user_policy_attachment", {}) == {"/change/after/user"}

test_one_that_is_attached_to_several if pointers("terraform/aws_iam_policy_attachment", {"users": ["chen"]}) == {"/change/after/users"}

test_one_that_is_attached_to_a_group if pointers("terraform/aws_iam_policy_attachment", {"users": [""], "groups": ["orders"]}) == set()
