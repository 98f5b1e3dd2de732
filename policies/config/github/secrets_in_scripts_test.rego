package config.github.secrets_in_scripts_test

import data.config.github.secrets_in_scripts

findings(step) := found if {
	found := secrets_in_scripts.finding with input.context.documents as [workflow([step])]
}

workflow(steps) := {"type": "github/workflow", "operation": "update", "content": {"jobs": {"publish": {"steps": steps}}}}

test_applies_to_workflows if {
	secrets_in_scripts.applies == {0} with input.context.documents as [workflow([])]
}

test_a_secret_in_a_script_is_found if {
	some finding in findings({"name": "send", "run": "send ${{ secrets.Token }}"})
	finding.message == "The step “send” of the job publish writes the secret TOKEN into its script: a quote or a dollar in it would change what runs."
	finding.part == "publish/send/secrets.token"
	finding.pointer == "/jobs/publish/steps/0/run"
}

test_as_a_variable_it_is_not if {
	findings({"run": "send $TOKEN", "env": {"TOKEN": "${{ secrets.TOKEN }}"}}) == set()
	findings({"run": "send ${{ secrets.GITHUB_TOKEN }}"}) == set()
	findings({"run": "send ${{ github.sha }}"}) == set()
}

test_a_comparison_gives_no_secret if {
	findings({"run": "send ${{ secrets.TOKEN != '' }}"}) == set()
	findings({"run": "send ${{ secrets.TOKEN && 'yes' || 'no' }}"}) == set()
	some finding in findings({"name": "send", "run": "send ${{ secrets.TOKEN || 'none' }}"})
	finding.part == "publish/send/secrets.token"
}
