# METADATA
# title: Roles
# description: A role must give the action.
# custom:
#   id: access.roles
#   severity: high
#   controls: []
#   remediation: Ask for a role.
#   effective_on: "2026-01-01T00:00:00.000Z"
#   grants: true
package access.roles

applies if input.subject.id

finding contains {"message": "no role gives this action"} if not input.action.name in input.subject.properties.actions
