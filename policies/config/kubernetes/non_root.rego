# METADATA
# title: Containers do not run as root
# description: >-
#   A container is shown not to run as root: `runAsNonRoot: true`, or a user other than 0, on the container or on its pod.
#   Whoever breaks out of a container that runs as root is root on the node.
# custom:
#   id: config.kubernetes.non_root
#   severity: medium
#   controls: [CIS-KUBERNETES-5.2.7, NIST-800-53-AC-6]
#   remediation: |-
#     Write in the pod's spec, or in the container where only one differs:
#       securityContext:
#         runAsNonRoot: true
#     The image then has to name a user by its number (`USER 10001` in the Dockerfile); where it does not, add `runAsUser: 10001`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/workloads]
package config.kubernetes.non_root

import data.lib.kubernetes

applies contains position if some position, _ in kubernetes.workloads

finding contains {"message": message, "document": container.position, "part": container.name, "pointer": container.pointer} if {
	some container in kubernetes.containers
	not is_shown(container)
	not is_windows(container.position)
	not kubernetes.exempt(container.position, "root")
	message := $"Container {container.name} of {container.workload} {how(container)}."
}

is_shown(container) if {
	user := kubernetes.security(container, "runAsUser")
	is_number(user)
	user > 0
}

is_shown(container) if {
	kubernetes.security(container, "runAsNonRoot") == true
	not kubernetes.security(container, "runAsUser") == 0
}

how(container) := "runs as root: it sets `runAsUser: 0`" if {
	kubernetes.security(container, "runAsUser") == 0
} else := "may run as root: nothing says that it does not, so its image decides"

# Users have no numbers on Windows.
is_windows(position) if kubernetes.workloads[position].pod.os.name == "windows"
