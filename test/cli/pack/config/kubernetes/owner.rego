# METADATA
# title: Workloads name their owner
# description: A workload carries the label owner.
# custom:
#   id: config.kubernetes.owner
#   severity: low
#   controls: []
#   remediation: "Write the label `owner: <team>` under metadata.labels."
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/workloads]
package config.kubernetes.owner

applies contains position if {
	some position, document in input.context.documents
	document.type in {"kubernetes/Pod", "kubernetes/Deployment.apps"}
}

finding contains {"message": message, "document": position, "pointer": "/metadata/labels"} if {
	some position in applies
	document := input.context.documents[position]
	not document.content.metadata.labels.owner
	message := $"{document.id} names no owner."
}
