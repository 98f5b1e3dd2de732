# METADATA
# title: Conflict
# description: Two limits at once make this rule fail.
# custom:
#   id: deploy.conflict
#   severity: high
#   remediation: Mend it.
#   effective_on: "2026-01-01T00:00:00.000Z"
package deploy.conflict

applies := true

limit := value if some value in input.context.limits

finding contains {"message": "the limit is zero"} if limit == 0
