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
#     Write in the spec of the pod, or of the container where only one differs:
#
#       securityContext:
#         runAsNonRoot: true
#         runAsUser: 10001
#
#     Leave out `runAsUser` where the image names a user by its number, as `USER 10001` in a Dockerfile does.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/workloads]
package config.kubernetes.non_root

import data.lib.kubernetes

applies contains position if some position, _ in kubernetes.workloads

finding contains {"message": message, "document": container.position, "part": container.name, "pointer": container.pointer} if {
	some container in kubernetes.whole
	not is_shown(container)
	not kubernetes.is_windows(container.position)
	not kubernetes.exempt(container, "root")
	message := $"Container {container.name} of {container.workload} {how(container)}."
}

is_shown(container) if {
	user := kubernetes.security(container, "runAsUser")
	is_number(user)
	user > 0
}

is_shown(container) if {
	kubernetes.security(container, "runAsNonRoot") == true
	not is_root(container)
}

is_root(container) if kubernetes.security(container, "runAsUser") == 0

how(container) := "runs as root: `runAsUser` is 0 for it" if {
	is_root(container)
} else := "may run as root: nothing says that it does not, so its image decides"
