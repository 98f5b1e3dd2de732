package config.github.open_agents_test

import data.config.github.open_agents

settings := {
	"agents": {"vendor/asks": ["open_to"], "vendor/asks-nobody": []},
	"insider_checks": ["author_association"],
	"insider_lookups": [],
	"privileged_events": ["issue_comment", "pull_request_target"],
	"stranger_events": ["issue_comment", "issues"],
}

findings(on, step) := found if {
	found := open_agents.finding with data.settings.config.github as settings
		with input.context.documents as [{"type": "github/workflow", "operation": "update", "content": {"on": on, "jobs": {"sort": {"steps": [step]}}}}]
}

open := {"uses": "Vendor/asks@v1", "with": {"open_to": "*"}}

test_applies_to_workflows if {
	open_agents.applies == {0} with input.context.documents as [{"type": "github/workflow", "operation": "update", "content": {"on": "push", "jobs": {}}}]
}

test_one_that_everybody_may_start if {
	some finding in findings("issues", open)
	finding.message == "The step “Vendor/asks@v1” of the job sort starts an agent for issues and lets everybody (`open_to: *`): what a stranger writes there can make it use the secrets and the rights of this job."
	finding.part == "sort/Vendor/asks@v1"
	finding.pointer == "/jobs/sort/steps/0/with/open_to"
}

test_one_that_asks_nobody if {
	some finding in findings({"issues": {"types": ["opened", "labeled"]}}, {"id": "sort", "uses": "vendor/asks-nobody@v1"})
	finding.message == "The step “sort” of the job sort starts an agent for issues and asks nobody who caused it: what a stranger writes there can make it use the secrets and the rights of this job."
	finding.pointer == "/jobs/sort/steps/0/uses"
}

test_what_only_insiders_start if {
	findings("push", open) == set()
	findings({"issues": {"types": ["labeled"]}}, open) == set()
	findings({"issues": {"types": "assigned"}}, open) == set()
	findings("issues", {"uses": "vendor/asks@v1"}) == set()
	findings("issues", {"uses": "vendor/asks@v1", "with": {"open_to": "bob"}}) == set()
	findings("issues", {"uses": "other/action@v1"}) == set()
	findings("issue_comment", object.union(open, {"if": "github.event.comment.author_association == 'OWNER'"})) == set()
}
