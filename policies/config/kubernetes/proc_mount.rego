# METADATA
# title: What the kernel shows is masked
# description: >-
#   `procMount: Unmasked` shows a container all of `/proc`, with files that change the kernel of the node.
# custom:
#   id: config.kubernetes.proc_mount
#   severity: high
#   controls: [PSS-BASELINE, NIST-800-53-AC-6]
#   remediation: |-
#     Remove `procMount: Unmasked`. A container that starts containers of its own needs it only together with
#     `hostUsers: false`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/workloads]
package config.kubernetes.proc_mount

import data.lib.kubernetes

applies contains position if some position, _ in kubernetes.workloads

finding contains {"message": message, "document": container.position, "part": container.name, "pointer": $"{container.pointer}/securityContext/procMount", "remediation": remediation} if {
	some container in kubernetes.containers
	container.spec.securityContext.procMount == "Unmasked"
	not has_own_users(container.position)
	not kubernetes.exempt(container, "privileged")
	message := $"Container {container.name} of {container.workload} sees all of /proc, with files that change the kernel of its node: `procMount` is Unmasked."
	remediation := "Remove `procMount: Unmasked`."
}

# In a user namespace its root is nobody on the node.
has_own_users(position) if kubernetes.workloads[position].pod.hostUsers == false
