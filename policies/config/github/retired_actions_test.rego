package config.github.retired_actions_test

import data.config.github.retired_actions

findings(uses) := found if {
	found := retired_actions.finding with input.context.documents as [workflow([{"name": "keep", "uses": uses}])]
		with data.settings.config.github.retired_actions as {"actions/keep": {"versions": ["v1", "v2", "v3.3"], "instead": "v4"}}
}

workflow(steps) := {"type": "github/workflow", "operation": "update", "content": {"jobs": {"build": {"steps": steps}}}}

test_applies_to_workflows if {
	retired_actions.applies == {0} with input.context.documents as [workflow([])]
}

test_an_old_version_is_found if {
	some finding in findings("Actions/keep@v2")
	finding.message == "The step “keep” of the job build uses Actions/keep@v2, which GitHub has switched off: the job fails there."
	finding.part == "build/keep"
	finding.pointer == "/jobs/build/steps/0/uses"
	finding.remediation == "Write `uses: actions/keep@v4` or newer, and read what has changed since."
	count(findings("actions/keep@v2.1.0")) == 1
	count(findings("actions/keep@v3.3")) == 1
	count(findings("actions/keep@v3.3.2")) == 1
}

test_others_are_not if {
	findings("actions/keep@v4") == set()
	findings("actions/keep@v20") == set()
	findings("actions/keep@v3") == set()
	findings("actions/keep@v3.30.1") == set()
	findings("actions/other@v1") == set()
	findings("actions/keep") == set()
}
