package config.github.unsecure_commands_test

import data.config.github.unsecure_commands

findings(value) := found if {
	found := unsecure_commands.finding with input.context.documents as [workflow({"ACTIONS_ALLOW_UNSECURE_COMMANDS": value})]
}

workflow(env) := {"type": "github/workflow", "operation": "update", "content": {"env": env, "jobs": {}}}

test_applies_to_workflows if {
	unsecure_commands.applies == {0} with input.context.documents as [workflow({})]
}

test_on_is_found if {
	some value in [true, "true", "True"]
	findings(value) == {{
		"message": "The workflow lets any line that is printed set the variables and the search path of later steps.",
		"document": 0,
		"part": "ACTIONS_ALLOW_UNSECURE_COMMANDS",
		"pointer": "/env/ACTIONS_ALLOW_UNSECURE_COMMANDS",
	}}
}

test_off_is_not if {
	every value in [false, "false", "", null] {
		findings(value) == set()
	}
}
