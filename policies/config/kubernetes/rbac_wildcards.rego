# METADATA
# title: Roles name what they grant
# description: >-
#   A role names the resources that it is about. `*` in the core group, or in every group, takes in Secrets, and whatever
#   is added later.
# custom:
#   id: config.kubernetes.rbac_wildcards
#   severity: high
#   controls: [CIS-KUBERNETES-5.1.3, NIST-800-53-AC-6]
#   remediation: |-
#     List the resources that are needed in place of `*`:
#
#       rules:
#         - apiGroups: [""]
#           resources: [configmaps, pods]
#           verbs: [get, list, watch]
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/roles]
package config.kubernetes.rbac_wildcards

import data.lib.rbac

applies contains position if some position, _ in rbac.roles

finding contains {"message": message, "document": grant.position, "part": "*", "pointer": $"{grant.pointer}/resources"} if {
	some grant in rbac.grants
	"*" in grant.resources
	some group in grant.groups
	where := reaches[group]
	message := $"{grant.role} may {what(grant.verbs)} every resource of {where}, Secrets among them."
}

reaches := {"": "the core group", "*": "every group"}

what(verbs) := "do anything with" if {
	"*" in verbs
} else := concat(", ", verbs)
