package config.github.pinned_actions_test

import data.config.github.pinned_actions

commit := "8f4b7f84864484a7bf31766abe9204da3cbe65b3"

findings(uses) := found if {
	found := pinned_actions.finding with input.context.documents as [workflow({"steps": [{"uses": uses}]})]
		with data.settings.deploy.digests as {"short": 2} with data.settings.config.github as {"trusted_owners": ["actions"], "pinned_by_tag": ["slsa/generator/"]}
}

workflow(job) := {"type": "github/workflow", "operation": "update", "content": {"jobs": {"build": job}}}

test_applies_to_workflows if {
	pinned_actions.applies == {0} with input.context.documents as [workflow({})]
}

test_a_commit_or_a_digest_pins if {
	findings($"vendor/action@{commit}") == set()
	findings($"vendor/action/path@{commit}") == set()
	findings("docker://registry.example/image@short:0a") == set()
}

test_a_tag_or_a_branch_does_not if {
	some finding in findings("vendor/action@v1")
	finding.message == "The job build uses vendor/action@v1: whoever can move that version decides what runs with the secrets of this workflow."
	finding.part == "build/vendor/action"
	finding.pointer == "/jobs/build/steps/0/uses"
	count(findings("vendor/action")) == 1
	count(findings("docker://registry.example/image:1")) == 1
}

test_what_is_ours_or_trusted_needs_no_pin if {
	findings("./actions/own") == set()
	findings("$/actions/own") == set()
	findings("slsa/Generator/.github/workflows/a.yml@v2.1.0") == set()
	findings("Actions/checkout@v6") == set()
}

test_a_job_that_is_a_workflow_is_looked_at if {
	some finding in pinned_actions.finding with input.context.documents as [workflow({"uses": "vendor/flows/a.yml@main"})]
		with data.settings.deploy.digests as {"short": 2} with data.settings.config.github as {"trusted_owners": ["actions"], "pinned_by_tag": ["slsa/generator/"]}
	finding.pointer == "/jobs/build/uses"
}

test_an_action_is_looked_at if {
	some finding in pinned_actions.finding with input.context.documents as [{
		"type": "github/action",
		"operation": "update",
		"content": {"runs": {"steps": [{"uses": "vendor/action@v1"}]}},
	}]
		with data.settings.deploy.digests as {"short": 2}
		with data.settings.config.github as {"trusted_owners": ["actions"], "pinned_by_tag": []}
	finding.message == "This action uses vendor/action@v1: whoever can move that version decides what runs with the secrets of each workflow that uses it."
	finding.part == "vendor/action"
	finding.pointer == "/runs/steps/0/uses"
}
