package config.github.archived_actions_test

import data.config.github.archived_actions

findings(uses) := found if {
	found := archived_actions.finding with input.context.documents as [workflow({"steps": [{"uses": uses}]})]
		with data.settings.config.github.archived_actions as {"vendor/old": "`vendor/new`"}
}

workflow(job) := {"type": "github/workflow", "operation": "update", "content": {"jobs": {"build": job}}}

test_applies_to_workflows if {
	archived_actions.applies == {0} with input.context.documents as [workflow({})]
}

test_what_is_archived_is_found if {
	some finding in findings("Vendor/old@v1")
	finding.message == "The job build uses Vendor/old@v1, which is archived: nobody mends it any more."
	finding.part == "build/vendor/old"
	finding.pointer == "/jobs/build/steps/0/uses"
	finding.remediation == "Use `vendor/new` instead."
}

test_others_are_not if {
	findings("vendor/new@v1") == set()
	findings(3) == set()
}
