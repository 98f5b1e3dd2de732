package config.kubernetes.anonymous_access_test

import data.config.kubernetes.anonymous_access

binding(content) := {"type": "kubernetes/ClusterRoleBinding.rbac.authorization.k8s.io", "id": "_/web", "operation": "update", "content": object.union(
	{"kind": "ClusterRoleBinding", "metadata": {"name": "web"}},
	content,
)}

parts(role, subjects) := found if {
	found := {finding.part | some finding in anonymous_access.finding} with input.context.documents as [binding({
		"roleRef": {"kind": "ClusterRole", "name": role},
		"subjects": subjects,
	})]
}

test_applies_to_bindings if anonymous_access.applies == {0} with input.context.documents as [binding({})]

test_whoever_comes_along_is_found if {
	parts("view", [{"kind": "Group", "name": "system:unauthenticated"}, {"kind": "User", "name": "chen"}]) == {"system:unauthenticated"}
	parts("system:discovery", [{"kind": "Group", "name": "system:authenticated"}]) == set()
}
