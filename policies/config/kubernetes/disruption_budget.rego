# METADATA
# title: What runs several times is not stopped all at once
# description: >-
#   A workload of several pods has a PodDisruptionBudget. Without one an upgrade of the nodes may stop all of them at the
#   same time, and they run several times for nothing.
# custom:
#   id: config.kubernetes.disruption_budget
#   severity: low
#   controls: [SOC2-A1.1, "ISO27001-A.8.14", NIST-800-53-SI-17]
#   remediation: |-
#     Write beside the workload, with the labels of its pods:
#
#       apiVersion: policy/v1
#       kind: PodDisruptionBudget
#       metadata: { name: search, namespace: shop }
#       spec:
#         maxUnavailable: 1
#         selector:
#           matchLabels: { app: search }
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/PodDisruptionBudget.policy, kubernetes/workloads]
#   crosses_documents: true
#   reads: [/kind, /metadata/namespace, /spec/replicas, /spec/selector, /spec/template/metadata]
package config.kubernetes.disruption_budget

import data.lib.documents
import data.lib.kubernetes

applies contains position if some position, _ in several

several[position] := found if {
	some position, workload in kubernetes.workloads
	kubernetes.is_rolled_out(position)
	content := documents.written[position].content
	is_number(content.spec.replicas)
	content.spec.replicas > 1
	found := {
		"name": workload.name,
		"replicas": content.spec.replicas,
		"namespace": namespace_of(content),
		"labels": object.get(workload.metadata, "labels", {}),
	}
}

finding contains {"message": message, "document": position, "pointer": "/spec/replicas"} if {
	some position, found in several
	not is_kept(found)
	message := $"{found.name} runs {found.replicas} times, and all of them may be stopped at once: no PodDisruptionBudget here selects its pods."
}

is_kept(found) if {
	some labels in budgets[found.namespace]
	every key, value in labels {
		found.labels[key] == value
	}
}

# The labels that each budget asks for, by namespace. One that selects in another way is taken to mean these pods.
budgets[namespace] contains labels if {
	some document in documents.there
	document.type == "kubernetes/PodDisruptionBudget.policy"
	namespace := namespace_of(document.content)
	labels := object.get(document.content, ["spec", "selector", "matchLabels"], {})
}

namespace_of(content) := object.get(content, ["metadata", "namespace"], "")
