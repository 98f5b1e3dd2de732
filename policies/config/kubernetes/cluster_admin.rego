# METADATA
# title: Nobody is made administrator of the whole cluster
# description: >-
#   `cluster-admin` may do everything everywhere. It is for people in an emergency; a program gets a role of its own.
#   Programs that apply whatever they are given are named in the settings.
# custom:
#   id: config.kubernetes.cluster_admin
#   severity: high
#   controls: [CIS-KUBERNETES-5.1.1, NIST-800-53-AC-6, SOC2-CC6.3]
#   remediation: |-
#     Write a ClusterRole with what is needed, or bind `admin` in the namespace that is meant:
#
#       kind: RoleBinding
#       metadata: { name: deployer, namespace: shop }
#       roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: admin }
#
#     A program that must be administrator is added, with a reason, to `settings.config.kubernetes.cluster_admins`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/bindings]
package config.kubernetes.cluster_admin

import data.lib.rbac

applies contains position if some position, _ in rbac.bindings

finding contains {"message": message, "document": position, "part": $"{subject.kind}/{name}", "pointer": $"/subjects/{index}"} if {
	some position, binding in rbac.bindings
	binding.kind == "ClusterRoleBinding"
	binding.role == "cluster-admin"
	some index, subject in binding.subjects
	name := rbac.subject_name(subject)
	not is_known(subject, name)
	message := $"{binding.name} makes {subject.kind} {name} administrator of the whole cluster."
}

# Kubernetes makes this one administrator by itself.
is_known(subject, "system:masters") if subject.kind == "Group"

is_known(subject, name) if {
	subject.kind == "ServiceAccount"
	data.settings.config.kubernetes.cluster_admins[name]
}
