package lib.rbac_test

import data.lib.rbac

role(name, rules) := {"type": "kubernetes/ClusterRole.rbac.authorization.k8s.io", "id": $"_/{name}", "operation": "update", "content": {
	"kind": "ClusterRole",
	"metadata": {"name": name},
	"rules": rules,
}}

binding(content) := {"type": "kubernetes/RoleBinding.rbac.authorization.k8s.io", "id": "shop/readers", "operation": "update", "content": content}

test_each_entry_of_a_role_is_a_grant if {
	found := rbac.grants with input.context.documents as [role("reader", [{"verbs": ["get"], "resources": ["pods"], "apiGroups": [""]}, {"nonResourceURLs": ["/"], "resourceNames": ["a"]}])]
	found == [
		{"position": 0, "role": "ClusterRole reader", "kind": "ClusterRole", "pointer": "/rules/0", "groups": [""], "resources": ["pods"], "verbs": ["get"], "names": []},
		{"position": 0, "role": "ClusterRole reader", "kind": "ClusterRole", "pointer": "/rules/1", "groups": [], "resources": [], "verbs": [], "names": ["a"]},
	]
}

test_what_a_cluster_brings_along_grants_nothing_new if {
	rbac.grants == [] with input.context.documents as [role("cluster-admin", [{"verbs": ["*"]}]), role("aggregated", null)]
	count(rbac.roles) == 1 with input.context.documents as [role("cluster-admin", [])]
}

test_a_binding_names_its_role_and_its_subjects if {
	rbac.bindings == {0: {
		"name": "RoleBinding shop/readers",
		"kind": "RoleBinding",
		"role": "view",
		"role_kind": "ClusterRole",
		"subjects": [{"kind": "User", "name": "chen"}],
	}} with input.context.documents as [binding({
		"kind": "RoleBinding",
		"roleRef": {"kind": "ClusterRole", "name": "view"},
		"subjects": [{"kind": "User", "name": "chen"}],
	})]
	rbac.bindings[0].role == "without a name" with input.context.documents as [binding({"kind": "RoleBinding"})]
}

test_a_service_account_is_known_by_its_namespace if {
	rbac.subject_name({"kind": "ServiceAccount", "namespace": "ops", "name": "deployer"}) == "ops/deployer"
	rbac.subject_name({"kind": "Group", "name": "ops"}) == "ops"
	rbac.subject_name({"kind": "ServiceAccount", "name": "deployer"}) == "deployer"
	rbac.subject_name({"kind": "User"}) == "without a name"
}
