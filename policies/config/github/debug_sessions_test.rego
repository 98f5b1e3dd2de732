package config.github.debug_sessions_test

import data.config.github.debug_sessions

findings(step) := found if {
	found := debug_sessions.finding with input.context.documents as [workflow([step])]
		with data.settings.config.github.debug_actions as ["vendor/shell"]
}

workflow(steps) := {"type": "github/workflow", "operation": "update", "content": {"jobs": {"test": {"steps": steps}}}}

test_applies_to_workflows if {
	debug_sessions.applies == {0} with input.context.documents as [workflow([])]
}

test_an_open_shell_is_found if {
	some finding in findings({"name": "look", "uses": "Vendor/shell@v3"})
	finding.message == "The step “look” of the job test opens a shell on the machine, and does not say that only who started the run gets in. The way in stands in the log."
	finding.part == "test/look"
	finding.pointer == "/jobs/test/steps/0/uses"
	count(findings({"uses": "vendor/shell@v3", "with": {"limit-access-to-actor": false}})) == 1
}

test_a_limited_one_is_not if {
	findings({"uses": "vendor/shell@v3", "with": {"limit-access-to-actor": true}}) == set()
	findings({"uses": "vendor/shell@v3", "with": {"limit-access-to-actor": "true"}}) == set()
	findings({"uses": "vendor/other@v3"}) == set()
}
