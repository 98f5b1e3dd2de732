# METADATA
# title: Resources of Terraform plans
# description: |
#   Every resource that a plan creates or changes, gathered once for all rules in an object by position. A value that only
#   the apply will show is unknown, which is not the same as missing: no rule complains of it.
package lib.terraform

import data.lib.documents

resources[position] := resource if {
	some position, document in documents.written
	startswith(document.type, "terraform/")
	change := document.content.change
	is_object(change.after)
	resource := {
		"type": trim_prefix(document.type, "terraform/"),
		"address": document.id,
		"values": change.after,
		"unknown": object.get(change, "after_unknown", {}),
	}
}

# Also where only a part of the value is.
unknown(resource, name) if resource.unknown[name] == true

unknown(resource, name) if {
	walk(object.get(resource.unknown, name, false), [_, true])
}

# The value, null where the plan has none.
value(resource, name) := object.get(resource.values, name, null)

# True where the plan shows that it is off, or leaves it out, and the apply will not show another. Some switches are texts
# in the provider of AWS from version 6 on.
off(resource, name) if {
	value(resource, name) in [false, "false", null]
	not unknown(resource, name)
}

# True where the plan says nothing of it. AWS fills in what a new resource leaves out, and a plan calls that unknown.
leaves_out(position, name) if {
	blocks(resources[position], name) == []
	not unknown(resources[position], name)
}

leaves_out(position, name) if {
	documents.written[position].operation == "create"
	blocks(resources[position], name) == []
	resources[position].unknown[name] == true
}

# The values of a list, or one alone as a list of one.
listed(value) := value if {
	is_array(value)
} else := [] if {
	value == null
} else := [value]

# The blocks of a name, which stand in a list.
blocks(resource, name) := listed(value(resource, name))

# The statements of a policy in JSON; of an unreadable one, none.
statements(policy) := found if {
	is_string(policy)
	json.is_valid(policy)
	found := listed(json.unmarshal(policy).Statement)
} else := []

# What a statement grants.
allows(statement) if statement.Effect == "Allow"

# The containers of a task, which are written as JSON; of an unreadable text, none.
containers(resource) := found if {
	definitions := value(resource, "container_definitions")
	is_string(definitions)
	json.is_valid(definitions)
	found := listed(json.unmarshal(definitions))
} else := []

# The text of a script, which some resources hold in base64.
script(text) := base64.decode(text) if {
	is_string(text)
	base64.is_valid(text)
} else := text if {
	is_string(text)
} else := ""

# Whether a search domain asks by other means than its policy: within a network, or by names and passwords of its own. What
# only the apply will show may say so.
is_guarded_domain(values, _) if {
	some block in listed(object.get(values, "advanced_security_options", null))
	block.enabled == true
}

is_guarded_domain(values, _) if count(listed(object.get(values, "vpc_options", null))) > 0

is_guarded_domain(_, after_unknown) if {
	walk(object.get(after_unknown, "vpc_options", false), [_, true])
}
