# METADATA
# title: Privileged containers
# description: No container may be privileged.
# custom:
#   id: config.kubernetes.privileged
#   severity: critical
#   controls: [CIS-5.2.1]
#   remediation: "Remove privileged: true."
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/workloads]
package config.kubernetes.privileged

applies contains position if {
	some position, document in input.context.documents
	document.operation in {"create", "update"}
	startswith(document.type, "kubernetes/")
}

finding contains {"message": $"container {container.name} is privileged", "part": container.name, "document": position} if {
	some position in applies
	some container in input.context.documents[position].content.spec.containers
	container.securityContext.privileged == true
}
