package config.github.long_lived_keys_test

import data.config.github.long_lived_keys

settings := {"cloud/login": {"inputs": ["key", "other"], "instead": "`role`"}}

findings(step) := found if {
	found := long_lived_keys.finding with input.context.documents as [workflow([step])] with data.settings.config.github.long_lived_keys as settings
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
	startswith(finding.remediation, "Let the cloud trust this repository, give `role` in place of `key`, and let the job ask for a token:\n")
}

test_a_role_or_a_key_of_this_run_is_not if {
	findings({"uses": "cloud/login@v2", "with": {"role": "${{ secrets.ROLE }}"}}) == set()
	findings({"uses": "cloud/login@v2", "with": {"key": "${{ steps.assume.outputs.key }}"}}) == set()
	findings({"uses": "other/login@v2", "with": {"key": "${{ secrets.KEY }}"}}) == set()
}
