# METADATA
# title: Roles cannot make more of themselves
# description: >-
#   Some rights are a way to all others: to bind or escalate roles, to act as somebody else, to make tokens, to reach the
#   agents of the nodes, to stand in the way of every object. They are granted by name or not at all, and not for
#   the names that are as good as all, such as cluster-admin.
# custom:
#   id: config.kubernetes.rbac_escalation
#   severity: high
#   controls: [CIS-KUBERNETES-5.1.8, CIS-KUBERNETES-5.1.10, CIS-KUBERNETES-5.1.11, CIS-KUBERNETES-5.1.12, CIS-KUBERNETES-5.1.13, NIST-800-53-AC-6]
#   remediation: |-
#     Remove the right, or name with `resourceNames` what it is for, other than what leads to all rights:
#
#       rules:
#         - apiGroups: [rbac.authorization.k8s.io]
#           resources: [clusterroles]
#           resourceNames: [shop-reader]
#           verbs: [bind]
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/roles]
package config.kubernetes.rbac_escalation

import data.lib.rbac

applies contains position if some position, _ in rbac.roles

finding contains {"message": message, "document": grant.position, "part": name, "pointer": grant.pointer} if {
	some grant in rbac.grants
	some resource in grant.resources
	some name in by_resource[resource]
	escalating := data.settings.config.kubernetes.escalating_grants[name]
	meets(grant.verbs, escalating.verbs)
	meets(grant.groups, escalating.groups)
	which := reach(grant.names, escalating.even_named)
	message := $"{grant.role} may {escalating.danger}: it has the right to {verb(grant.verbs, escalating.verbs)} {resource}{which}."
}

# Without names it is all of them, and some names are as good as all.
reach(names, even_named) := ", whichever they are" if {
	count(names) == 0
} else := $" {concat(", ", found)}" if {
	found := [one | some one in names; one in even_named]
	count(found) > 0
}

# Most grants are of resources that no grant here is about.
by_resource[resource] contains name if {
	some name, escalating in data.settings.config.kubernetes.escalating_grants
	some resource in escalating.resources
}

meets(granted, wanted) if {
	some one in granted
	one in wanted
}

meets(granted, _) if "*" in granted

verb(granted, wanted) := $"{concat(", ", named)}" if {
	named := [one | some one in wanted; one in granted]
	count(named) > 0
} else := "do anything with"
