# METADATA
# title: Containers give up what the kernel grants by default
# description: >-
#   A container drops all capabilities and adds back what it needs. Otherwise it keeps about a dozen from its runtime,
#   among them forging packets and reading files of others.
# custom:
#   id: config.kubernetes.capabilities_dropped
#   severity: low
#   controls: [PSS-RESTRICTED, CIS-KUBERNETES-5.2.8, CIS-KUBERNETES-5.2.9, NIST-800-53-AC-6]
#   remediation: |-
#     Write for each container:
#
#       securityContext:
#         capabilities:
#           drop: [ALL]
#
#     Add back only what it then misses, such as `add: [NET_BIND_SERVICE]` for a port below 1024.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/workloads]
package config.kubernetes.capabilities_dropped

import data.lib.kubernetes

applies contains position if some position, _ in kubernetes.workloads

finding contains {"message": message, "document": container.position, "part": container.name, "pointer": container.pointer} if {
	some container in kubernetes.confined
	not drops_all(container)
	not kubernetes.exempt(container, "capabilities")
	not kubernetes.exempt(container, "privileged")
	message := $"Container {container.name} of {container.workload} keeps the capabilities of its runtime: `capabilities.drop` does not list ALL."
}

drops_all(container) if {
	some name in container.spec.securityContext.capabilities.drop
	kubernetes.capability(name) == "ALL"
}
