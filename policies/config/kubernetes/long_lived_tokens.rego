# METADATA
# title: No token of a service account lasts for ever
# description: >-
#   A Secret of the type `kubernetes.io/service-account-token` holds a token that never ends. Whoever once read it, in a
#   backup, a log or a pipeline, has the rights of the account until somebody deletes the Secret. Pods need none: they are
#   given one that ends with them.
# custom:
#   id: config.kubernetes.long_lived_tokens
#   severity: medium
#   controls: [CIS-KUBERNETES-5.1.6, NIST-800-53-IA-5, SOC2-CC6.1]
#   remediation: |-
#     Take the Secret out. What is outside of the cluster asks for a token when it needs one:
#
#       kubectl create token ACCOUNT --duration 1h
#
#     A pod that hands a token to somebody else mounts one that ends and that is for him only:
#
#       volumes:
#         - name: token
#           projected:
#             sources:
#               - serviceAccountToken: { path: token, expirationSeconds: 3600, audience: vault }
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/Secret]
package config.kubernetes.long_lived_tokens

import data.lib.documents

applies contains position if {
	some position, document in documents.written
	document.type == "kubernetes/Secret"
}

finding contains {"message": message, "document": position, "pointer": "/type"} if {
	some position in applies
	secret := documents.written[position]
	secret.content.type == "kubernetes.io/service-account-token"
	message := $"Secret {secret.id} holds a token of the service account {account(secret.content)} that never ends: who once read it keeps its rights."
}

account(content) := name if {
	name := content.metadata.annotations["kubernetes.io/service-account.name"]
} else := "that it names"
