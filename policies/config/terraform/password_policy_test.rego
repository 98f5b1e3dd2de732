package config.terraform.password_policy_test

import data.config.terraform.password_policy

parts(change) := found if {
	found := {finding.part | some finding in password_policy.finding} with input.context.documents as [{"type": "terraform/aws_iam_account_password_policy", "id": "a", "operation": "update", "content": {"change": change}}]
}

test_long_and_new if parts({"after": {"minimum_password_length": 14, "password_reuse_prevention": 24}}) == set()

test_short_and_used_again if parts({"after": {"minimum_password_length": 8, "password_reuse_prevention": 3}}) == {"minimum_password_length", "password_reuse_prevention"}

test_what_is_left_out_is_what_aws_takes if parts({"after": {}}) == {"minimum_password_length", "password_reuse_prevention"}

test_what_only_the_apply_shows if parts({"after": {"minimum_password_length": 20}, "after_unknown": {"password_reuse_prevention": true}}) == set()
