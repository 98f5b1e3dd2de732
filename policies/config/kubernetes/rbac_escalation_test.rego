package config.kubernetes.rbac_escalation_test

import data.config.kubernetes.rbac_escalation

role(rules) := {"type": "kubernetes/ClusterRole.rbac.authorization.k8s.io", "id": "_/web", "operation": "update", "content": {
	"kind": "ClusterRole",
	"metadata": {"name": "web"},
	"rules": [rules],
}}

parts(rules) := found if {
	found := {finding.part | some finding in rbac_escalation.finding} with input.context.documents as [role(rules)]
}

test_applies_to_roles if rbac_escalation.applies == {0} with input.context.documents as [role({})]

test_each_way_to_more_is_found if {
	parts({"apiGroups": ["rbac.authorization.k8s.io"], "resources": ["roles"], "verbs": ["bind", "escalate"]}) == {"bind", "escalate"}
	parts({"apiGroups": ["*"], "resources": ["users"], "verbs": ["*"]}) == {"impersonate"}
}

test_what_is_named_is_not if {
	parts({"apiGroups": ["rbac.authorization.k8s.io"], "resources": ["roles"], "verbs": ["bind"], "resourceNames": ["view"]}) == set()
	parts({"apiGroups": ["rbac.authorization.k8s.io"], "resources": ["roles"], "verbs": ["get"]}) == set()
}

test_what_is_as_good_as_all_is_named_in_vain if {
	parts({"apiGroups": ["rbac.authorization.k8s.io"], "resources": ["clusterroles"], "verbs": ["bind"], "resourceNames": ["view", "cluster-admin"]}) == {"bind"}
	parts({"apiGroups": [""], "resources": ["groups"], "verbs": ["impersonate"], "resourceNames": ["system:masters"]}) == {"impersonate"}
	parts({"apiGroups": ["certificates.k8s.io"], "resources": ["signers"], "verbs": ["approve"], "resourceNames": ["kubernetes.io/kubelet-serving"]}) == set()
}
