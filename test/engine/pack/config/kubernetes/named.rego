# METADATA
# title: Names
# description: Every object has a name.
# custom:
#   id: config.kubernetes.named
#   severity: high
#   remediation: Mend it.
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/objects]
package config.kubernetes.named

applies contains position if {
	some position, document in input.context.documents
	startswith(document.type, "kubernetes/")
}

finding contains {"message": "it has no name", "document": position, "pointer": "/metadata/name"} if {
	some position in applies
	object.get(input.context.documents[position].content, ["metadata", "name"], null) == null
}
