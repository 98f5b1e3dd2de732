package config.github.handed_proposals_test

import data.config.github.handed_proposals

settings := {
	"insider_checks": ["author_association"],
	"insider_lookups": [],
	"privileged_events": ["issue_comment", "pull_request_target"],
	"proposal_lookups": ["headrefoid"],
	"proposal_outputs": {},
	"proposed_code": ["github.head_ref", "head.sha", "refs/pull/"],
	"proposed_code_commands": ["gh pr checkout", "git fetch origin pull/"],
	"refusing_checkouts": ["v7"],
	"taking_commands": ["git checkout "],
}

called(version, condition) := [
	{"type": "github/workflow", "id": "a.yml", "operation": "update", "content": {"on": "pull_request_target", "jobs": {"call": {"if": condition, "uses": "./b.yml", "with": {"Commit": "${{ github.event.pull_request.head.sha }}", "debug": true}}}}},
	{"type": "github/workflow", "id": "b.yml", "operation": "none", "content": {"on": "workflow_call", "jobs": {"build": {"steps": [{"uses": $"actions/checkout@{version}", "with": {"ref": "${{ inputs.commit }}"}}]}}}},
]

test_a_workflow_that_fetches_what_it_is_handed if {
	found := handed_proposals.finding with input.context.documents as called("v6", "true") with data.settings.config.github as settings
	some finding in found
	finding.pointer == "/jobs/call/with/Commit"
	finding.part == "call/Commit"
	set() == handed_proposals.finding with input.context.documents as called("v7", "true") with data.settings.config.github as settings
	set() == handed_proposals.finding with input.context.documents as called("v6", "a.author_association == 'OWNER'") with data.settings.config.github as settings
}

test_each_workflow_is_judged if handed_proposals.applies == {0} with input.context.documents as called("v6", "true")
