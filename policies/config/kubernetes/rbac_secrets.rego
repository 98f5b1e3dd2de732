# METADATA
# title: No role reads the Secrets of every namespace
# description: >-
#   A ClusterRole that may read Secrets without naming them gives, once it is bound to the cluster, every password in it.
#   A Role in the namespace that is meant gives only those there.
# custom:
#   id: config.kubernetes.rbac_secrets
#   severity: medium
#   controls: [CIS-KUBERNETES-5.1.2, NIST-800-53-AC-6]
#   remediation: |-
#     Name the Secrets with `resourceNames`, or write a Role in each namespace that is meant:
#
#       kind: Role
#       metadata: { name: reader, namespace: shop }
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/roles]
package config.kubernetes.rbac_secrets

import data.lib.rbac

applies contains position if some position, _ in rbac.roles

finding contains {"message": message, "document": grant.position, "part": "secrets", "pointer": grant.pointer} if {
	some grant in rbac.grants
	grant.kind == "ClusterRole"
	"secrets" in grant.resources
	count(grant.names) == 0
	reads(grant.verbs)
	message := $"{grant.role} may read the Secrets of every namespace where it is bound: it names none of them."
}

reads(verbs) if {
	some verb in ["*", "get", "list", "watch"]
	verb in verbs
}
