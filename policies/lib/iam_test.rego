package lib.iam_test

import data.lib.iam

written(type, field, policy) := {"type": $"terraform/{type}", "id": $"{type}.a", "operation": "create", "content": {"change": {"actions": ["create"], "after": {field: policy}}}}

drafted(statement) := {"type": "terraform/aws_iam_policy_document", "id": "data.aws_iam_policy_document.a", "operation": "none", "content": {"change": {"actions": ["read"], "after": {"statement": [statement]}}}}

test_what_a_policy_allows_is_gathered if {
	found := iam.grants with input.context.documents as [written("aws_iam_policy", "policy", `{"Statement": [{"Effect": "Allow", "Action": "S3:Get*", "Resource": "*"}, {"Effect": "Deny", "Action": "*", "Resource": "*"}]}`)]
	found == [{"position": 0, "address": "aws_iam_policy.a", "field": "policy", "pointer": "/change/after/policy", "actions": ["s3:get*"], "not_actions": [], "resources": ["*"], "not_resources": [], "principals": [], "not_principals": [], "conditions": []}]
}

test_so_is_what_stands_within_a_role if {
	role := written("aws_iam_role", "inline_policy", [{"name": "a", "policy": `{"Statement": {"Effect": "Allow", "NotAction": ["iam:*"], "NotResource": "b"}}`}])
	[statement] := iam.grants with input.context.documents as [role]
	statement.pointer == "/change/after/inline_policy/0/policy"
	statement.not_actions == ["iam:*"]
	statement.not_resources == ["b"]
}

test_a_data_source_stands_for_a_policy_that_is_not_known_yet if {
	statement := {"effect": null, "actions": ["s3:GetObject", null], "resources": [null], "principals": [{"type": "AWS", "identifiers": ["*"]}], "condition": [{"test": "StringEquals", "variable": "aws:SourceArn", "values": [null]}]}
	[found] := iam.shares with input.context.documents as [drafted(statement)]
	found.pointer == "/change/after/statement/0"
	found.actions == ["s3:getobject"]
	found.principals == [["AWS", "*"]]
	found.conditions == [{"variable": "aws:sourcearn", "values": [null]}]
}

test_it_stands_for_none_if_it_denies if {
	found := iam.grants with input.context.documents as [drafted({"effect": "Deny", "actions": ["*"], "resources": ["*"]})]
	found == []
}

test_principals_are_pairs if {
	[statement] := iam.shares with input.context.documents as [written("aws_s3_bucket", "policy", `{"Statement": [{"Effect": "Allow", "Principal": {"AWS": ["a", "b"], "Service": "c"}, "Condition": {"Bool": {"aws:SecureTransport": "true"}}}]}`)]
	statement.principals == [["AWS", "a"], ["AWS", "b"], ["Service", "c"]]
	statement.conditions == [{"variable": "aws:securetransport", "values": ["true"]}]
}

share(statement) := object.union({"principals": [], "not_principals": [], "conditions": []}, statement)

public(statement) := found if {
	found := [true | iam.is_public(share(statement))] with data.settings.config.terraform.conditions_for_anybody as ["aws:securetransport"]
}

test_everybody_is_known if {
	public({"principals": [["*", "*"]]}) == [true]
	public({"principals": [["AWS", "*"]]}) == [true]
	public({"not_principals": [["AWS", "a"]]}) == [true]
	public({"principals": [["Service", "*"]]}) == []
	public({"principals": [["AWS", "a"]]}) == []
}

test_a_condition_bounds_them_if_not_everybody_meets_it if {
	public({"principals": [["*", "*"]], "conditions": [{"variable": "aws:sourcearn", "values": ["a"]}]}) == []
	public({"principals": [["*", "*"]], "conditions": [{"variable": "aws:securetransport", "values": ["true"]}]}) == [true]
	public({"principals": [["*", "*"]], "conditions": [{"variable": "aws:sourceip", "values": ["0.0.0.0/0"]}]}) == [true]
}

test_a_written_action_covers_others if {
	iam.covers("s3:get*", "s3:getobject")
	iam.covers("s3:getobject", "s3:getobject")
	not iam.covers("s3:put*", "s3:getobject")
	not iam.covers("s3:getobject", "s3:getobjectacl")
}
