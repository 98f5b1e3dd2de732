# METADATA
# title: Namespaces that run pods say who may reach them
# description: >-
#   A namespace that comes with its pods comes with a NetworkPolicy, too. Without one every pod of the cluster may open a
#   connection to every pod in it. A policy that names no namespace may be meant for it, and counts.
# custom:
#   id: config.kubernetes.network_policies
#   severity: medium
#   controls: [CIS-KUBERNETES-5.3.2, NIST-800-53-AC-4, NIST-800-53-SC-7, "ISO27001-A.8.22"]
#   remediation: |-
#     Refuse what nobody allowed, and allow with further policies what is needed:
#
#       apiVersion: networking.k8s.io/v1
#       kind: NetworkPolicy
#       metadata: { name: default, namespace: shop }
#       spec:
#         podSelector: {}
#         policyTypes: [Ingress]
#
#     Namespaces of the system stand as `settings.config.kubernetes.system_namespaces`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/Namespace, kubernetes/network-policies, kubernetes/workloads]
#   crosses_documents: true
#   reads: [/kind, /metadata/name, /metadata/namespace]
package config.kubernetes.network_policies

import data.lib.documents

applies contains position if some position, _ in running

# A namespace of which nothing runs here may get its policy with what runs in it.
running[position] := name if {
	some position, document in documents.written
	document.type == "kubernetes/Namespace"
	name := document.content.metadata.name
	inhabited[name]
}

inhabited contains namespace if {
	some document in documents.there
	data.settings.config.kubernetes.pod_templates[document.type]
	namespace := document.content.metadata.namespace
}

finding contains {"message": message, "document": position, "pointer": "/metadata/name"} if {
	some position, name in running
	not guarded[name]
	not guarded[everywhere]
	not data.settings.config.kubernetes.system_namespaces[name]
	message := $"Namespace {name} is open to every pod of the cluster: no NetworkPolicy comes with it."
}

# Written so in the id of what has no namespace.
everywhere := "_"

# By the first step of their ids, which is `_` for those of the whole cluster and those that name no namespace.
guarded contains split(document.id, "/")[0] if {
	some document in documents.there
	document.type in policies
}

policies := [
	"kubernetes/AdminNetworkPolicy.policy.networking.k8s.io",
	"kubernetes/CiliumClusterwideNetworkPolicy.cilium.io",
	"kubernetes/CiliumNetworkPolicy.cilium.io",
	"kubernetes/ClusterNetworkPolicy.crd.antrea.io",
	"kubernetes/GlobalNetworkPolicy.crd.projectcalico.org",
	"kubernetes/GlobalNetworkPolicy.projectcalico.org",
	"kubernetes/NetworkPolicy.crd.antrea.io",
	"kubernetes/NetworkPolicy.crd.projectcalico.org",
	"kubernetes/NetworkPolicy.extensions",
	"kubernetes/NetworkPolicy.networking.k8s.io",
	"kubernetes/NetworkPolicy.projectcalico.org",
]
