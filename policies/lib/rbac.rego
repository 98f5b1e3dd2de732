# METADATA
# title: Kubernetes roles
# description: What each role grants, entry by entry, and what each binding gives to whom. Gathered once for all rules.
package lib.rbac

import data.lib.documents
import data.lib.text

# By position. Those that every cluster brings along are named in the settings.
roles[position] := role if {
	some position, document in documents.written
	document.type in [
		"kubernetes/ClusterRole.rbac.authorization.k8s.io",
		"kubernetes/Role.rbac.authorization.k8s.io",
	]
	role := {
		"name": $"{document.content.kind} {trim_prefix(document.id, "_/")}",
		"kind": document.content.kind,
		"is_system": is_system(document.content),
		"rules": list(document.content, "rules"),
	}
}

grants := [grant |
	some position, role in roles
	role.is_system == false
	some index, rule in role.rules
	grant := {
		"position": position,
		"role": role.name,
		"kind": role.kind,
		"pointer": $"/rules/{index}",
		"groups": list(rule, "apiGroups"),
		"resources": list(rule, "resources"),
		"verbs": list(rule, "verbs"),
		"names": list(rule, "resourceNames"),
	}
]

bindings[position] := binding if {
	some position, document in documents.written
	document.type in [
		"kubernetes/ClusterRoleBinding.rbac.authorization.k8s.io",
		"kubernetes/RoleBinding.rbac.authorization.k8s.io",
	]
	binding := {
		"name": $"{document.content.kind} {trim_prefix(document.id, "_/")}",
		"kind": document.content.kind,
		"role": text.or_else(object.get(document.content, ["roleRef", "name"], ""), "without a name"),
		"role_kind": text.or_else(object.get(document.content, ["roleRef", "kind"], ""), "Role"),
		"subjects": list(document.content, "subjects"),
	}
}

# A service account is known by its namespace too.
subject_name(subject) := $"{subject.namespace}/{subject.name}" if {
	subject.kind == "ServiceAccount"
	is_string(subject.namespace)
} else := text.or_else(object.get(subject, "name", ""), "without a name")

default is_system(_) := false

is_system(content) if content.metadata.name in data.settings.config.kubernetes.system_roles

# Kubernetes reads a list that is not there as an empty one.
list(holder, key) := value if {
	value := holder[key]
	is_array(value)
} else := []
