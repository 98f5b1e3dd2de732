package config.github.app_tokens_test

import data.config.github.app_tokens

findings(given) := found if {
	found := app_tokens.finding with input.context.documents as [workflow([{"id": "token", "uses": "actions/create-github-app-token@v3", "with": given}])]
}

workflow(steps) := {"type": "github/workflow", "operation": "update", "content": {"jobs": {"sync": {"steps": steps}}}}

test_applies_to_workflows if {
	app_tokens.applies == {0} with input.context.documents as [workflow([])]
}

test_every_right_everywhere_is_found if {
	some finding in findings({"app-id": 3, "owner": "shop"})
	finding.message == "The step “token” of the job sync asks for a token with every right of the app for every repository of shop that the app is installed in. Whatever else runs in the job may use it."
	finding.part == "sync/token"
	finding.pointer == "/jobs/sync/steps/0/with"
}

test_either_is_enough if {
	{finding.message | some finding in findings({"app-id": 3})} == {"The step “token” of the job sync asks for a token with every right of the app. Whatever else runs in the job may use it."}
	every owner in [null, "${{ github.repository_owner }}"] {
		count(findings({"owner": owner})) == 1
	}
	{finding.message | some finding in findings({"owner": "${{ a }}", "permission-contents": "read"})} == {"The step “token” of the job sync asks for a token for every repository of its owner that the app is installed in. Whatever else runs in the job may use it."}
}

test_what_is_named_is_not if {
	findings({"owner": "shop", "repositories": "catalog", "permission-contents": "read"}) == set()
	findings({"permission-contents": "read"}) == set()
	findings("${{ fromJSON(inputs.with) }}") == set()
}

test_other_actions_are_not if {
	found := app_tokens.finding with input.context.documents as [workflow([{"uses": "a/b@v1", "with": {}}, {"run": "make"}])]
	found == set()
}
