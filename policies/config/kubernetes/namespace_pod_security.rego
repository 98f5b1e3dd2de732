# METADATA
# title: Namespaces say what their pods may do
# description: >-
#   A namespace carries the label by which Kubernetes itself refuses pods that ask for too much. Without it every pod is let
#   in, whatever was checked before. Namespaces of the system, whose pods need their nodes, are named in the settings.
# custom:
#   id: config.kubernetes.namespace_pod_security
#   severity: medium
#   controls: [CIS-KUBERNETES-5.2.1, PSS-BASELINE, NIST-800-53-CM-6]
#   remediation: |-
#     Write in the namespace:
#
#       metadata:
#         labels:
#           pod-security.kubernetes.io/enforce: baseline
#
#     or `restricted`, which asks for more. A namespace of the system is added, with a reason, to
#     `settings.config.kubernetes.system_namespaces`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/Namespace]
package config.kubernetes.namespace_pod_security

import data.lib.documents
import data.lib.text

applies contains position if some position, _ in namespaces

namespaces[position] := document.content.metadata if {
	some position, document in documents.written
	document.type == "kubernetes/Namespace"
}

finding contains {"message": message, "document": position, "pointer": "/metadata"} if {
	some position, metadata in namespaces
	standard := text.or_else(object.get(metadata, ["labels", "pod-security.kubernetes.io/enforce"], ""), "")
	not standard in ["baseline", "restricted"]
	not data.settings.config.kubernetes.system_namespaces[metadata.name]
	message := $"Namespace {metadata.name} {how(standard)}."
}

how("") := "lets in every pod: it does not say which of the Pod Security Standards it enforces"

how("privileged") := "lets in every pod: `privileged` is the Pod Security Standard that asks for nothing"

how(standard) := $"enforces {standard}, which is none of the Pod Security Standards" if not standard in ["", "privileged"]
