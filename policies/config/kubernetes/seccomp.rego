# METADATA
# title: System calls are filtered
# description: >-
#   A seccomp profile takes the rare calls of the kernel from a container, through which most break-outs went. Where
#   nothing is said, most clusters filter nothing.
# custom:
#   id: config.kubernetes.seccomp
#   severity: medium
#   controls: [PSS-RESTRICTED, CIS-KUBERNETES-5.6.2, NIST-800-53-SC-39]
#   remediation: |-
#     Write in the spec of the pod:
#
#       securityContext:
#         seccompProfile:
#           type: RuntimeDefault
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/workloads]
package config.kubernetes.seccomp

import data.lib.kubernetes

applies contains position if some position, _ in kubernetes.workloads

finding contains {"message": message, "document": container.position, "part": container.name, "pointer": container.pointer} if {
	some container in kubernetes.confined
	not is_filtered(container)
	not kubernetes.exempt(container, "privileged")
	message := $"Container {container.name} of {container.workload} {how(container)}."
}

is_filtered(container) if kubernetes.security(container, "seccompProfile").type in ["RuntimeDefault", "Localhost"]

how(container) := "may call the whole kernel: its seccomp profile is Unconfined" if {
	kubernetes.security(container, "seccompProfile").type == "Unconfined"
} else := "is not shown to have its system calls filtered: neither it nor its pod names a seccomp profile"
