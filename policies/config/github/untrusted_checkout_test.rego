package config.github.untrusted_checkout_test

import data.config.github.untrusted_checkout

settings := {
	"insider_checks": ["author_association"],
	"privileged_events": ["pull_request_target"],
	"proposed_code": ["github.head_ref", "refs/pull/"],
	"proposed_code_commands": ["gh pr checkout"],
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
