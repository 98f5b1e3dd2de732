package config.github.all_secrets_test

import data.config.github.all_secrets

findings(value) := found if {
	found := all_secrets.finding with input.context.documents as [workflow({"A": value})]
}

workflow(env) := {"type": "github/workflow", "operation": "update", "content": {"env": env, "jobs": {}}}

test_applies_to_workflows if {
	all_secrets.applies == {0} with input.context.documents as [workflow({})]
}

test_all_of_them_are_too_many if {
	findings("${{ toJSON( secrets ) }}") == {{
		"message": "The workflow gets every secret of this repository, also those that it does not need.",
		"document": 0,
		"part": "A",
		"pointer": "/env/A",
	}}
}

test_a_member_of_one_is_not_masked if {
	some finding in findings("${{ fromJSON(secrets.ALL).password }}")
	finding.message == "The workflow takes a value out of a secret: GitHub masks only the whole, so logs show that value as it is."
}

test_a_named_one_is_fine if {
	findings("${{ secrets.A }}") == set()
	findings("toJSON(secrets)") == set()
}
