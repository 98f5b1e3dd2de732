# METADATA
# title: Ingresses write no configuration of their proxy
# description: >-
#   A snippet is pasted into the configuration of the proxy that serves all Ingresses: whoever may write one reads the
#   Secrets of all (CVE-2021-25742). Current controllers refuse them unless told otherwise.
# custom:
#   id: config.kubernetes.ingress_snippets
#   severity: high
#   controls: [NIST-800-53-AC-3, NIST-800-53-CM-7]
#   remediation: |-
#     Remove the annotation, and use one made for the purpose, such as `nginx.ingress.kubernetes.io/custom-headers`; or put the
#     lines into the ConfigMap of the controller.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/ingresses]
package config.kubernetes.ingress_snippets

import data.lib.network
import data.lib.text

applies contains position if some position, _ in network.ingresses

finding contains {"message": message, "document": position, "part": annotation, "pointer": $"/metadata/annotations/{text.step(annotation)}", "remediation": remediation} if {
	some position, ingress in network.ingresses
	some annotation in data.settings.config.kubernetes.snippet_annotations
	ingress.annotations[annotation]
	message := $"{ingress.name} writes into the configuration of the proxy that serves all others, by {annotation}."
	remediation := $"Remove {annotation}, and use an annotation made for the purpose."
}
