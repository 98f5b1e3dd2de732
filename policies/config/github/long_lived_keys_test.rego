package config.github.long_lived_keys_test

import data.config.github.long_lived_keys

settings := {
	"long_lived_keys": {"cloud/login": {"inputs": ["key", "other"], "issuer": "Cloud", "instead": "give `role`"}},
	"registry_keys": {"NODE_AUTH_TOKEN": {"commands": ["npm publish"], "issuer": "npm", "instead": "set nothing"}},
}

findings(step) := found if {
	found := long_lived_keys.finding with input.context.documents as [workflow([step])] with data.settings.config.github as settings
}

workflow(steps) := {"type": "github/workflow", "operation": "update", "content": {"jobs": {"deploy": {"steps": steps}}}}

test_applies_to_workflows if {
	long_lived_keys.applies == {0} with input.context.documents as [workflow([])]
}

test_a_key_that_is_a_secret_is_found if {
	some finding in findings({"name": "sign in", "uses": "Cloud/login@v2", "with": {"key": "${{ secrets.KEY }}"}})
	finding.message == "The step “sign in” of the job deploy signs in with a key that is kept as a secret: whoever gets it may use it from anywhere, until somebody changes it."
	finding.part == "deploy/sign in"
	finding.pointer == "/jobs/deploy/steps/0/with/key"
	startswith(finding.remediation, "Let Cloud trust this repository, and in place of `key` give `role`. Let the job ask for a token:\n")
}

test_a_role_or_a_key_of_this_run_is_not if {
	findings({"uses": "cloud/login@v2", "with": {"role": "${{ secrets.ROLE }}"}}) == set()
	findings({"uses": "cloud/login@v2", "with": {"key": "${{ steps.assume.outputs.key }}"}}) == set()
	findings({"uses": "other/login@v2", "with": {"key": "${{ secrets.KEY }}"}}) == set()
}

publish := {"run": "npm ci\nnpm publish --provenance", "env": {"NODE_AUTH_TOKEN": "${{ secrets.NPM }}"}}

test_a_key_of_a_registry_is_found if {
	some finding in findings(publish)
	startswith(finding.message, "The step “Run npm ci” of the job deploy publishes by `npm publish` with a key that is kept as a secret: ")
	finding.pointer == "/jobs/deploy/steps/0/run"
	startswith(finding.remediation, "Let npm trust this repository, and in place of `NODE_AUTH_TOKEN` set nothing. ")
}

test_a_token_of_the_run_and_an_own_registry_are_not if {
	findings(object.union(publish, {"env": {"NODE_AUTH_TOKEN": "${{ secrets.GITHUB_TOKEN }}"}})) == set()
	findings(object.union(publish, {"run": "npm ci"})) == set()
	findings({"uses": "cloud/login@v2", "with": {"key": "${{ secrets.KEY }}", "repository-url": "https://pypi.example/"}}) == set()
	own := {"uses": "actions/setup-node@v6", "with": {"registry-url": "https://npm.pkg.github.com"}}
	found := long_lived_keys.finding with input.context.documents as [workflow([own, publish])] with data.settings.config.github as settings
	found == set()
	public := {"uses": "actions/setup-node@v6", "with": {"registry-url": "https://registry.npmjs.org/"}}
	told := long_lived_keys.finding with input.context.documents as [workflow([public, publish])] with data.settings.config.github as settings
	count(told) == 1
}
