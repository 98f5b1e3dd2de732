# METADATA
# title: Policies of IAM
# description: |
#   Every statement that allows something, gathered once for all rules in an array: in `grants` those of policies that say
#   what somebody may do, in `shares` those of policies that say who may use a resource. A policy that names what is not
#   there yet is unknown to a plan, but not the data source that it is written in: its statements stand in both.
package lib.iam

import data.lib.terraform

grant_fields := {
	"aws_iam_policy": "policy",
	"aws_iam_role_policy": "policy",
	"aws_iam_user_policy": "policy",
	"aws_iam_group_policy": "policy",
}

share_fields := data.settings.config.terraform.resource_policies

grants := array.flatten([written(grant_fields), inline, drafts])

shares := array.concat(written(share_fields), drafts)

written(fields) := [statement |
	some position, resource in terraform.resources
	field := fields[resource.type]
	some raw in terraform.statements(terraform.value(resource, field))
	statement := object.union(allowed(raw), {"position": position, "address": resource.address, "field": field, "pointer": $"/change/after/{field}"})
]

# The policies that stand within a role.
inline := [statement |
	some position, resource in terraform.resources
	resource.type == "aws_iam_role"
	some index, block in terraform.blocks(resource, "inline_policy")
	some raw in terraform.statements(block.policy)
	statement := object.union(allowed(raw), {"position": position, "address": resource.address, "field": "inline_policy", "pointer": $"/change/after/inline_policy/{index}/policy"})
]

draft_positions contains position if {
	some position, document in input.context.documents
	document.type == "terraform/aws_iam_policy_document"
}

drafts := [statement |
	some position in draft_positions
	document := input.context.documents[position]
	change := document.content.change
	"read" in change.actions
	is_object(change.after)
	some index, raw in terraform.listed(object.get(change.after, "statement", null))
	statement := object.union(drafted(raw), {"position": position, "address": document.id, "field": "statement", "pointer": $"/change/after/statement/{index}"})
]

allowed(raw) := statement if {
	terraform.allows(raw)
	statement := {
		"actions": lowered(object.get(raw, "Action", null)),
		"not_actions": lowered(object.get(raw, "NotAction", null)),
		"resources": terraform.listed(object.get(raw, "Resource", null)),
		"not_resources": terraform.listed(object.get(raw, "NotResource", null)),
		"principals": named(object.get(raw, "Principal", null)),
		"not_principals": named(object.get(raw, "NotPrincipal", null)),
		"conditions": [{"variable": lower(variable), "values": terraform.listed(values)} |
			some variables in object.get(raw, "Condition", {})
			some variable, values in variables
		],
	}
}

drafted(raw) := statement if {
	object.get(raw, "effect", null) in [null, "Allow"]
	statement := {
		"actions": lowered(object.get(raw, "actions", null)),
		"not_actions": lowered(object.get(raw, "not_actions", null)),
		"resources": terraform.listed(object.get(raw, "resources", null)),
		"not_resources": terraform.listed(object.get(raw, "not_resources", null)),
		"principals": listed_principals(object.get(raw, "principals", null)),
		"not_principals": listed_principals(object.get(raw, "not_principals", null)),
		"conditions": [{"variable": lower(object.get(block, "variable", "")), "values": terraform.listed(object.get(block, "values", null))} |
			some block in terraform.listed(object.get(raw, "condition", null))
		],
	}
}

# IAM tells small and capital letters of actions not apart.
lowered(value) := [lower(one) |
	some one in terraform.listed(value)
	is_string(one)
]

# Pairs of a kind and a name.
named("*") := [["*", "*"]]

named(principal) := [[kind, name] |
	some kind, names in principal
	some name in terraform.listed(names)
] if {
	is_object(principal)
}

named(null) := []

listed_principals(blocks) := [[block.type, name] |
	some block in terraform.listed(blocks)
	some name in terraform.listed(object.get(block, "identifiers", null))
]

# Whoever has an account at AWS, or none. A condition that anybody can meet, such as encrypted transport, bounds nobody.
is_public(statement) if {
	includes_everybody(statement)
	not is_bound(statement)
}

includes_everybody(statement) if {
	some [kind, "*"] in statement.principals
	kind in {"*", "AWS"}
}

includes_everybody(statement) if count(statement.not_principals) > 0

is_bound(statement) if {
	some condition in statement.conditions
	not condition.variable in data.settings.config.terraform.conditions_for_anybody
	not holds_for_all(condition)
}

holds_for_all(condition) if {
	some value in condition.values
	value in {"*", "0.0.0.0/0", "::/0"}
}

# Whether an action, as policies write it, covers another.
covers(written_action, action) if written_action == action

covers(written_action, action) if {
	endswith(written_action, "*")
	startswith(action, trim_suffix(written_action, "*"))
}
