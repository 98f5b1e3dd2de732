# METADATA
# title: Members only
# description: Who is a member may read.
# custom:
#   id: access.member
#   severity: high
#   remediation: Mend it.
#   effective_on: "2026-01-01T00:00:00.000Z"
#   grants: true
package access.member

applies := true

finding contains {"message": $"{input.subject.id} is not a member"} if not is_member

is_member if input.subject.id in input.context.members
