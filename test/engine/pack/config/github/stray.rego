# METADATA
# title: Stray
# description: It judges documents that are none of its business.
# custom:
#   id: config.github.stray
#   severity: high
#   remediation: Mend it.
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/workflow]
package config.github.stray

applies contains position if some position, _ in input.context.documents

finding contains {"message": "it has no jobs", "document": position} if {
	some position in applies
	not input.context.documents[position].content.jobs
}
