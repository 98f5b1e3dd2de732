# METADATA
# title: Shape
# description: It repeats what the request says as its finding.
# custom:
#   id: deploy.shape
#   severity: high
#   remediation: Mend it.
#   effective_on: "2026-01-01T00:00:00.000Z"
package deploy.shape

applies if input.context.complaint

finding contains input.context.complaint
