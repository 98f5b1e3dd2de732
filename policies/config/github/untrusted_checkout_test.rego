package config.github.untrusted_checkout_test

import data.config.github.untrusted_checkout

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

findings(on, step) := found if {
	found := untrusted_checkout.finding with input.context.documents as [workflow(on, step)] with data.settings.config.github as settings
}

workflow(on, step) := {"type": "github/workflow", "operation": "update", "content": {"on": on, "jobs": {"test": {"steps": [step]}}}}

checkout(inputs) := {"uses": "actions/checkout@v6", "with": inputs}

test_applies_to_workflows if {
	untrusted_checkout.applies == {0} with input.context.documents as [workflow("push", {})]
}

test_a_proposal_is_found if {
	some finding in findings("pull_request_target", checkout({"ref": "${{ github.head_ref }}"}))
	startswith(finding.message, "The step “actions/checkout@v6” of the job test fetches code that an outsider proposes, where pull_request_target gives ")
	finding.part == "test/actions/checkout@v6"
	finding.pointer == "/jobs/test/steps/0/with/ref"
}

test_so_it_is_where_a_step_has_looked_it_up if {
	steps := [{"id": "pr", "run": "gh pr view 3 --json headRefOid"}, checkout({"ref": "${{ steps.pr.outputs.sha }}"})]
	some finding in untrusted_checkout.finding with data.settings.config.github as settings
		with input.context.documents as [{"type": "github/workflow", "operation": "update", "content": {"on": "issue_comment", "jobs": {"test": {"steps": steps}}}}]
	finding.pointer == "/jobs/test/steps/1/with/ref"
}

test_so_it_is_in_a_script if {
	some finding in findings("pull_request_target", {"run": "gh pr checkout 3"})
	finding.pointer == "/jobs/test/steps/0/run"
}

test_what_is_trusted_or_guarded_is_not if {
	findings("pull_request", checkout({"ref": "${{ github.head_ref }}"})) == set()
	findings("pull_request_target", checkout({"ref": "main"})) == set()
	findings("pull_request_target", checkout({"ref": 3})) == set()
	findings("pull_request_target", {"uses": "a/b", "with": {"ref": "refs/pull/1"}}) == set()
	findings("pull_request_target", object.union(checkout({"ref": "refs/pull/1"}), {"if": "a.author_association == 'OWNER'"})) == set()
}

test_what_the_action_refuses_is_not if {
	every version in ["v7", "v7.0.1"] {
		findings("pull_request_target", {"uses": $"actions/checkout@{version}", "with": {"ref": "refs/pull/1"}}) == set()
	}
	findings("pull_request_target", {"uses": "actions/checkout@v7", "with": {"ref": "refs/pull/1", "allow-unsafe-pr-checkout": "false"}}) == set()
}

test_what_it_is_told_to_fetch_is if {
	unsafe := {"ref": "refs/pull/1", "allow-unsafe-pr-checkout": true}
	count(findings("pull_request_target", {"uses": "actions/checkout@v7", "with": unsafe})) == 1
	count(findings("issue_comment", {"uses": "actions/checkout@v7", "with": {"ref": "refs/pull/1"}})) == 1
	count(findings("pull_request_target", {"uses": "actions/checkout@v70", "with": {"ref": "refs/pull/1"}})) == 1
	count(findings("pull_request_target", {"uses": "actions/checkout", "with": {"ref": "refs/pull/1"}})) == 1
}

test_to_fetch_is_not_to_take if {
	findings("pull_request_target", {"run": "git fetch origin pull/3/head"}) == set()
	count(findings("pull_request_target", {"run": "git fetch origin pull/3/head\ngit checkout FETCH_HEAD"})) == 1
}

test_a_commit_is_taken_by_its_name if {
	count(findings("pull_request_target", {"run": "git checkout ${{ github.event.pull_request.head.sha }}"})) == 1
	count(findings("pull_request_target", {"run": "git checkout $HEAD", "env": {"HEAD": "${{ github.event.pull_request.head.sha }}"}})) == 1
	findings("pull_request_target", {"run": "git checkout $HEAD -- docs", "env": {"HEAD": "${{ github.event.pull_request.head.sha }}"}}) == set()
	findings("pull_request_target", {"run": "git checkout -b $NAME", "env": {"NAME": "${{ github.head_ref }}"}}) == set()
	findings("pull_request_target", {"run": "git checkout $NUMBER", "env": {"NUMBER": 3}}) == set()
}
