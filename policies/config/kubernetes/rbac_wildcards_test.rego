package config.kubernetes.rbac_wildcards_test

import data.config.kubernetes.rbac_wildcards

role(rules) := {"type": "kubernetes/ClusterRole.rbac.authorization.k8s.io", "id": "_/web", "operation": "update", "content": {
	"kind": "ClusterRole",
	"metadata": {"name": "web"},
	"rules": [rules],
}}

parts(rules) := found if {
	found := {finding.part | some finding in rbac_wildcards.finding} with input.context.documents as [role(rules)]
}

test_applies_to_roles if rbac_wildcards.applies == {0} with input.context.documents as [role({})]

test_the_core_group_and_every_group_are_found if {
	parts({"apiGroups": [""], "resources": ["*"], "verbs": ["get"]}) == {"*"}
	parts({"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}) == {"*"}
	parts({"apiGroups": ["apps"], "resources": ["*"], "verbs": ["*"]}) == set()
	parts({"apiGroups": [""], "resources": ["pods"], "verbs": ["*"]}) == set()
}
