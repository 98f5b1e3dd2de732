package lib.terraform_test

import data.lib.terraform

test_what_will_be_there_is_gathered if {
	found := terraform.resources with input.context.documents as [
		{"type": "terraform/aws_x", "id": "aws_x.a", "operation": "create", "content": {"change": {"after": {"b": 1}}}},
		{"type": "terraform/aws_x", "id": "aws_x.b", "operation": "delete", "content": {"change": {"after": null}}},
		{"type": "kubernetes/Pod", "id": "_/a", "operation": "create", "content": {"change": {"after": {}}}},
	]
	found == {0: {"type": "aws_x", "address": "aws_x.a", "values": {"b": 1}, "unknown": {}}}
}

test_what_is_unknown_is_not_missing if {
	resource := {"values": {"a": null, "b": false, "e": true, "g": "false", "h": "true"}, "unknown": {"a": true, "c": [{"d": true}], "f": [{"d": false}]}}
	terraform.unknown(resource, "a")
	terraform.unknown(resource, "c")
	not terraform.unknown(resource, "f")
	not terraform.off(resource, "a")
	not terraform.off(resource, "c")
	not terraform.off(resource, "e")
	terraform.off(resource, "b")
	terraform.off(resource, "f")
	terraform.off(resource, "g")
	not terraform.off(resource, "h")
}

test_one_is_a_list_of_one if {
	terraform.listed("a") == ["a"]
	terraform.listed(["a"]) == ["a"]
	terraform.listed(null) == []
	terraform.blocks({"values": {"a": [{}]}}, "a") == [{}]
	terraform.blocks({"values": {}}, "a") == []
}

test_a_policy_is_read_as_far_as_it_can_be if {
	terraform.statements(`{"Statement": {"Effect": "Allow"}}`) == [{"Effect": "Allow"}]
	terraform.statements(`{"Statement": [{"Effect": "Deny"}]}`) == [{"Effect": "Deny"}]
	terraform.statements(`{}`) == []
	terraform.statements(`{`) == []
	terraform.statements(null) == []
	terraform.allows({"Effect": "Allow"})
	not terraform.allows({"Effect": "Deny"})
}

test_containers_are_read_as_far_as_they_can_be if {
	terraform.containers({"values": {"container_definitions": `[{"name": "a"}]`}}) == [{"name": "a"}]
	terraform.containers({"values": {"container_definitions": `[`}}) == []
	terraform.containers({"values": {}}) == []
}

test_a_script_may_be_in_base64 if {
	terraform.script("ZWNobyBoaQo=") == "echo hi\n"
	terraform.script("echo hi") == "echo hi"
	terraform.script(null) == ""
}

test_what_a_new_resource_leaves_out_aws_fills_in if {
	terraform.leaves_out(0, "b") with input.context.documents as [made("create", {"b": true})]
	not terraform.leaves_out(0, "b") with input.context.documents as [made("update", {"b": true})]
	not terraform.leaves_out(0, "b") with input.context.documents as [made("create", {"b": [{"c": true}]})]
	terraform.leaves_out(0, "b") with input.context.documents as [made("update", {})]
	not terraform.leaves_out(0, "a") with input.context.documents as [made("create", {})]
}

made(operation, after_unknown) := {"type": "terraform/aws_x", "id": "aws_x.main", "operation": operation, "content": {"change": {"after": {"a": true}, "after_unknown": after_unknown}}}
