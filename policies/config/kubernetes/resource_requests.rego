# METADATA
# title: Containers say what they need
# description: >-
#   By its requests a pod is placed where there is room, and kept when a node runs short. Without them it is the first to
#   be evicted.
# custom:
#   id: config.kubernetes.resource_requests
#   severity: low
#   controls: [NIST-800-53-SC-5, NIST-800-53-CP-2]
#   remediation: |-
#     Write for the container, with numbers that you measured:
#
#       resources:
#         requests:
#           cpu: 50m
#           memory: 128Mi
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/workloads]
package config.kubernetes.resource_requests

import data.lib.kubernetes

applies contains position if some position, _ in kubernetes.workloads

finding contains {"message": message, "document": container.position, "part": container.name, "pointer": container.pointer} if {
	some container in kubernetes.lasting
	missing := [resource | some resource in ["cpu", "memory"]; not is_requested(container, resource)]
	count(missing) > 0
	message := $"Container {container.name} of {container.workload} does not say how much it needs: it requests no {concat(" and no ", missing)}."
}

# A limit without a request is one too.
is_requested(container, resource) if {
	some field in ["requests", "limits"]
	kubernetes.has_resource(container, field, resource)
}
