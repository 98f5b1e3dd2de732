# METADATA
# title: The memory of a container is bounded
# description: >-
#   Without a limit a container that leaks takes the memory of its node, and others there are killed for it.
# custom:
#   id: config.kubernetes.memory_limit
#   severity: medium
#   controls: [NSA-KUBERNETES-HARDENING, NIST-800-53-SC-5]
#   remediation: |-
#     Write for the container, with a number that you measured:
#
#       resources:
#         limits:
#           memory: 256Mi
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/workloads]
package config.kubernetes.memory_limit

import data.lib.kubernetes

applies contains position if some position, _ in kubernetes.workloads

finding contains {"message": message, "document": container.position, "part": container.name, "pointer": container.pointer} if {
	some container in kubernetes.lasting
	not kubernetes.has_resource(container, "limits", "memory")
	message := $"Container {container.name} of {container.workload} may take all memory of its node: it has no memory limit."
}
