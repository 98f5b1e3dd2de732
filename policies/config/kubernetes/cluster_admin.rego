# METADATA
# title: Nobody is made administrator of the whole cluster
# description: >-
#   `cluster-admin` may do everything everywhere. It is for people in an emergency; a program gets a role of its own.
#   Programs that apply whatever they are given, and the group of those who run the cluster, are named in the settings.
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
#     Who must be administrator is added, with a reason, to `settings.config.kubernetes.cluster_admins`: a program as
#     `namespace/name`, the people who run the cluster as `Group name`.
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

is_known(subject, name) if {
	subject.kind == "ServiceAccount"
	data.settings.config.kubernetes.cluster_admins[name]
}

is_known(subject, name) if data.settings.config.kubernetes.cluster_admins[$"{subject.kind} {name}"]
