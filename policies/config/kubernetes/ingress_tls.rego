# METADATA
# title: Ingresses are served over TLS
# description: >-
#   An Ingress names the certificate by which it is served. Without one, passwords and cookies are read on the way.
# custom:
#   id: config.kubernetes.ingress_tls
#   severity: medium
#   controls: [NIST-800-53-SC-8, SOC2-CC6.7]
#   remediation: |-
#     Write in the spec of the Ingress:
#
#       tls:
#         - hosts: [shop.example]
#           secretName: shop-tls
#
#     An annotation of another controller that names a certificate is added to `settings.config.kubernetes.tls_annotations`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/ingresses]
package config.kubernetes.ingress_tls

import data.lib.network

applies contains position if some position, _ in network.ingresses

finding contains {"message": message, "document": position, "pointer": "/spec"} if {
	some position, ingress in network.ingresses
	count(network.list(ingress.spec, "tls")) == 0
	not is_annotated(ingress)
	message := $"{ingress.name} is not shown to be served over TLS: neither `tls` nor an annotation names a certificate."
}

is_annotated(ingress) if {
	some annotation in data.settings.config.kubernetes.tls_annotations
	ingress.annotations[annotation]
}
