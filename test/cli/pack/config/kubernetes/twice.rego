# METADATA
# title: Nothing is defined twice
# description: Two workloads of one name in a change set overwrite each other.
# custom:
#   id: config.kubernetes.twice
#   severity: high
#   controls: []
#   remediation: Remove one of them.
#   crosses_documents: true
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/workloads]
package config.kubernetes.twice

applies contains position if {
	some position, document in input.context.documents
	document.type in {"kubernetes/Pod", "kubernetes/Deployment.apps"}
}

places[document.id] contains position if {
	some position in applies
	document := input.context.documents[position]
}

finding contains {"message": message, "document": max(positions)} if {
	some id, positions in places
	count(positions) > 1
	message := $"{id} is defined {count(positions)} times."
}
