# METADATA
# title: Nothing is granted to whoever comes along
# description: >-
#   A role is bound to people and programs that somebody chose: not to those who have not signed in, nor to everybody who
#   has, nor to every pod.
# custom:
#   id: config.kubernetes.anonymous_access
#   severity: critical
#   controls: [CIS-KUBERNETES-5.1.1, NIST-800-53-AC-14, SOC2-CC6.1]
#   remediation: |-
#     Name the users, groups or service accounts that are meant in `subjects`. A role that is meant for everybody is added
#     to `settings.config.kubernetes.open_roles`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/bindings]
package config.kubernetes.anonymous_access

import data.lib.rbac

applies contains position if some position, _ in rbac.bindings

finding contains {"message": message, "document": position, "part": subject.name, "pointer": $"/subjects/{index}", "remediation": remediation} if {
	some position, binding in rbac.bindings
	not binding.role in data.settings.config.kubernetes.open_roles
	some index, subject in binding.subjects
	who := data.settings.config.kubernetes.open_subjects[$"{subject.kind} {subject.name}"]
	message := $"{binding.name} gives the role {binding.role} to {subject.name}: {who}."
	remediation := $"Remove {subject.name} from `subjects`, and name those who are meant."
}
