package config.github.allowed_actions_test

import data.config.github.allowed_actions

findings(uses, allowed) := found if {
	found := allowed_actions.finding with input.context.documents as [workflow({"steps": [{"uses": uses}]})]
		with data.settings.config.github.allowed_actions as allowed
}

workflow(job) := {"type": "github/workflow", "operation": "update", "content": {"jobs": {"build": job}}}

test_applies_to_workflows_where_there_is_a_list if {
	allowed_actions.applies == {0} with input.context.documents as [workflow({})] with data.settings.config.github.allowed_actions as ["actions/"]
	allowed_actions.applies == set() with input.context.documents as [workflow({})] with data.settings.config.github.allowed_actions as []
}

test_what_is_not_listed_is_found if {
	some finding in findings("Vendor/action@v1", ["actions/", "vendor/action-two", "vendor/act"])
	finding.message == "The job build uses vendor/action, which is not on the list of actions that may be used here."
	finding.part == "build/vendor/action"
	finding.pointer == "/jobs/build/steps/0/uses"
}

test_what_is_listed_is_not if {
	findings("Vendor/action@v1", ["Vendor/action"]) == set()
	findings("vendor/action/sub@v1", ["vendor/action"]) == set()
	findings("vendor/action@v1", ["vendor/"]) == set()
	findings("./actions/own", ["vendor/"]) == set()
}
