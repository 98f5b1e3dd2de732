# METADATA
# description: Eight questions that each look at a few facts of one request, for the bench.
package light

environment if input.context.environment in {"development", "staging", "production"}

subject if input.subject.id != ""

team if input.subject.team in input.resource.owners

hour if {
	input.context.hour >= 8
	input.context.hour < 18
}

branch if input.context.branch == "main"

coverage if input.context.coverage >= 0.8

images if count(input.resource.images) > 0

approvals if count(input.context.approvals) >= 1
