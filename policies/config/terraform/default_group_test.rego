package config.terraform.default_group_test

import data.config.terraform.default_group

parts(after) := found if {
	found := {finding.part | some finding in default_group.finding} with input.context.documents as [{"type": "terraform/aws_default_security_group", "id": "a", "operation": "update", "content": {"change": {"after": after}}}]
}

test_one_without_rules if parts({"ingress": [], "egress": []}) == set()

test_one_that_lets_in_and_out if parts({"ingress": [{"self": true}], "egress": [{"protocol": "-1"}]}) == {"ingress", "egress"}
