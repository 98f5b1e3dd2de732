package config.kubernetes.cluster_admin_test

import data.config.kubernetes.cluster_admin

binding(content) := {"type": "kubernetes/ClusterRoleBinding.rbac.authorization.k8s.io", "id": "_/web", "operation": "update", "content": object.union(
	{"kind": "ClusterRoleBinding", "metadata": {"name": "web"}},
	content,
)}

parts(role, subjects) := found if {
	found := {finding.part | some finding in cluster_admin.finding} with input.context.documents as [binding({
		"roleRef": {"kind": "ClusterRole", "name": role},
		"subjects": subjects,
	})]
}

test_applies_to_bindings if cluster_admin.applies == {0} with input.context.documents as [binding({})]

test_each_subject_is_found if {
	parts("cluster-admin", [{"kind": "User", "name": "chen"}, {"kind": "Group", "name": "system:masters"}]) == {"User/chen"}
	parts("cluster-admin", [{"kind": "ServiceAccount", "name": "helm-controller", "namespace": "flux-system"}]) == set()
	parts("view", [{"kind": "User", "name": "chen"}]) == set()
}

test_a_group_can_be_named_in_the_settings if {
	admins := {"Group platform": {"why": "runs the cluster"}}
	parts("cluster-admin", [{"kind": "Group", "name": "platform"}, {"kind": "User", "name": "platform"}]) == {"User/platform"} with data.settings.config.kubernetes.cluster_admins as admins
}
