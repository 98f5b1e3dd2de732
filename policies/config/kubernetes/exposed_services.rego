# METADATA
# title: Services are open only to those who are meant
# description: >-
#   A load balancer is open to the whole internet unless it is said to be internal or for whom it is, and a node port opens
#   every node. The doors of a cluster are named in the settings.
# custom:
#   id: config.kubernetes.exposed_services
#   severity: medium
#   controls: [NIST-800-53-SC-7, NSA-KUBERNETES-HARDENING]
#   remediation: |-
#     Leave out `type` where an Ingress or a Gateway leads to the Service. Otherwise write for whom it is:
#
#       spec:
#         loadBalancerSourceRanges: [192.0.2.0/24]
#
#     or the annotation by which your cloud keeps it internal. A door of the cluster is added, with a reason, to
#     `settings.config.kubernetes.public_services`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/Service]
package config.kubernetes.exposed_services

import data.lib.network

applies contains position if some position, _ in network.services

finding contains {"message": message, "document": position, "part": type, "pointer": "/spec/type", "remediation": remediation} if {
	some position, service in network.services
	type := service.spec.type
	[how, remediation] := openings[type]
	not is_bounded(service)
	not is_door(service)
	message := $"{service.name} {how}."
}

openings := {
	"LoadBalancer": [
		"is not shown to be internal: a load balancer is open to everybody where nothing says otherwise",
		"Name with `loadBalancerSourceRanges` for whom it is, or keep it internal by the annotation of your cloud.",
	],
	"NodePort": [
		"opens a port on every node of the cluster",
		"Remove `type: NodePort`, and let an Ingress or a Gateway lead to the Service.",
	],
}

is_bounded(service) if count(network.list(service.spec, "loadBalancerSourceRanges")) > 0

is_bounded(service) if {
	some annotation, values in data.settings.config.kubernetes.internal_annotations
	service.annotations[annotation] in values
}

is_door(service) if {
	data.settings.config.kubernetes.public_services[service.id]
}
