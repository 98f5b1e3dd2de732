# METADATA
# title: Workflows name their permissions
# description: Without permissions a workflow may hold more rights than it needs.
# custom:
#   id: config.github.permissions
#   severity: medium
#   controls: []
#   remediation: "Write `permissions: {}` at the top, and add what a job needs to that job."
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/workflow]
package config.github.permissions

applies contains position if {
	some position, document in input.context.documents
	document.type == "github/workflow"
}

finding contains {"message": "The workflow names no permissions.", "document": position, "pointer": ""} if {
	some position in applies
	not input.context.documents[position].content.permissions
}
