# METADATA
# title: Services claim no address by themselves
# description: >-
#   With `externalIPs` a Service draws the traffic of the whole cluster to any address, also to one of somebody else
#   (CVE-2020-8554).
# custom:
#   id: config.kubernetes.external_ips
#   severity: high
#   controls: [CIS-KUBERNETES-1.2.3, NIST-800-53-SC-7]
#   remediation: |-
#     Remove `externalIPs`. A Service of type LoadBalancer gets an address that is its own.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/Service]
package config.kubernetes.external_ips

import data.lib.network

applies contains position if some position, _ in network.services

finding contains {"message": message, "document": position, "part": "externalIPs", "pointer": "/spec/externalIPs"} if {
	some position, service in network.services
	addresses := network.list(service.spec, "externalIPs")
	count(addresses) > 0
	message := $"{service.name} claims {concat(", ", addresses)}: what the cluster sends there goes to it, whoever has that address."
}
