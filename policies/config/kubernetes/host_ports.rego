# METADATA
# title: Containers open no port of their node
# description: >-
#   A `hostPort` is reached past Services and most network policies, and keeps a second such pod off the node.
# custom:
#   id: config.kubernetes.host_ports
#   severity: medium
#   controls: [PSS-BASELINE, CIS-KUBERNETES-5.2.12, NIST-800-53-SC-7]
#   remediation: |-
#     Remove `hostPort`, and name the container's port in a Service.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/workloads]
package config.kubernetes.host_ports

import data.lib.kubernetes

applies contains position if some position, _ in kubernetes.workloads

finding contains {"message": message, "document": container.position, "part": $"{container.name}/{port.hostPort}", "pointer": $"{container.pointer}/ports/{index}/hostPort", "remediation": remediation} if {
	some container in kubernetes.containers
	some index, port in container.spec.ports
	is_open(port)
	not shares_network(container.position)
	not kubernetes.exempt(container, "hostNetwork")
	not kubernetes.exempt(container, "hostPort")
	message := $"Container {container.name} of {container.workload} opens port {port.hostPort} of its node, past Services and most network policies."
	remediation := $"Remove `hostPort: {port.hostPort}`, and name its containerPort in a Service."
}

is_open(port) if {
	is_number(port.hostPort)
	port.hostPort > 0
}

# Then every port is one of the node, and config.kubernetes.privileged says so.
shares_network(position) if kubernetes.workloads[position].pod.hostNetwork == true
