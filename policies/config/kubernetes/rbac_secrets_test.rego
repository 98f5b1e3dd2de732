package config.kubernetes.rbac_secrets_test

import data.config.kubernetes.rbac_secrets

role(rules) := {"type": "kubernetes/ClusterRole.rbac.authorization.k8s.io", "id": "_/web", "operation": "update", "content": {
	"kind": "ClusterRole",
	"metadata": {"name": "web"},
	"rules": [rules],
}}

parts(rules) := found if {
	found := {finding.part | some finding in rbac_secrets.finding} with input.context.documents as [role(rules)]
}

test_applies_to_roles if rbac_secrets.applies == {0} with input.context.documents as [role({})]

test_reading_them_all_is_found if {
	parts({"apiGroups": [""], "resources": ["secrets"], "verbs": ["watch"]}) == {"secrets"}
	parts({"apiGroups": [""], "resources": ["secrets"], "verbs": ["create"]}) == set()
	parts({"apiGroups": [""], "resources": ["secrets"], "verbs": ["get"], "resourceNames": ["a"]}) == set()
}
