# METADATA
# title: Endless
# description: A large number of rounds makes this rule run dry.
# custom:
#   id: deploy.endless
#   severity: high
#   remediation: Mend it.
#   effective_on: "2026-01-01T00:00:00.000Z"
package deploy.endless

applies if input.context.rounds

finding contains {"message": "round"} if {
	some left in numbers.range(1, input.context.rounds)
	some right in numbers.range(1, input.context.rounds)
	left > right
	left < right
}
