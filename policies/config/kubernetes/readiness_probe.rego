# METADATA
# title: Traffic waits until a pod is ready
# description: >-
#   A pod that listens on a port says when it is ready. Otherwise it gets traffic as soon as it starts, and each rollout
#   fails the requests that come too early.
# custom:
#   id: config.kubernetes.readiness_probe
#   severity: low
#   controls: [NIST-800-53-SI-17]
#   remediation: |-
#     Write for the container that listens:
#
#       readinessProbe:
#         httpGet:
#           path: /ready
#           port: 8080
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/workloads]
package config.kubernetes.readiness_probe

import data.lib.kubernetes

applies contains position if {
	some position, _ in kubernetes.workloads
	kubernetes.is_rolled_out(position)
}

finding contains {"message": message, "document": position, "pointer": $"{workload.pointer}/containers"} if {
	some position in listening
	not probed[position]
	workload := kubernetes.workloads[position]
	message := $"{workload.name} gets traffic before it is ready: no container of it has a readinessProbe."
}

listening contains container.position if {
	some container in kubernetes.lasting
	kubernetes.is_rolled_out(container.position)
	count(object.get(container.spec, "ports", [])) > 0
}

probed contains container.position if {
	some container in kubernetes.lasting
	is_object(container.spec.readinessProbe)
}
