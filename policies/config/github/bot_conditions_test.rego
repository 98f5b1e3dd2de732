package config.github.bot_conditions_test

import data.config.github.bot_conditions

findings(on, condition) := found if {
	found := bot_conditions.finding with input.context.documents as [workflow(on, condition)]
}

workflow(on, condition) := {"type": "github/workflow", "operation": "update", "content": {"on": on, "jobs": {"merge": {"if": condition}}}}

test_applies_to_workflows if {
	bot_conditions.applies == {0} with input.context.documents as [workflow("push", "true")]
}

test_an_actor_is_no_proof if {
	some finding in findings("pull_request_target", "github.actor == 'renovate[bot]'")
	startswith(finding.message, "The job merge runs where `github.actor` is a bot.")
	finding.part == "merge"
	finding.pointer == "/jobs/merge/if"
	count(findings(["workflow_run"], "github.triggering_actor == 'dependabot[bot]' && success()")) == 1
}

test_other_questions_are_fine if {
	findings("pull_request", "github.actor == 'renovate[bot]'") == set()
	every condition in [
		"github.actor != 'renovate[bot]'",
		"github.actor == 'bob'",
		"github.event.pull_request.user.login == 'renovate[bot]'",
		"github.event.pull_request.user.login == 'renovate[bot]' && github.actor == 'renovate[bot]'",
		true,
	] {
		findings("pull_request_target", condition) == set()
	}
}
