package config.github.deploy_environment_test

import data.config.github.deploy_environment

settings := {"cloud_sign_ins": ["vendor/login"], "deploy_commands": ["terraform apply"], "package_actions": ["vendor/publish"], "package_commands": ["npm publish"]}

findings(on, job) := found if {
	found := deploy_environment.finding with input.context.documents as [workflow(on, job)] with data.settings.config.github as settings
}

workflow(on, job) := {"type": "github/workflow", "operation": "update", "content": {"on": on, "jobs": {"deploy": job}}}

steps := [{"uses": "Vendor/login@v1"}, {"run": "terraform apply -auto-approve"}]

test_applies_to_workflows if {
	deploy_environment.applies == {0} with input.context.documents as [workflow("push", {})]
}

test_a_deployment_without_an_environment_is_found if {
	some finding in findings("push", {"steps": steps})
	startswith(finding.message, "The job deploy signs in to a cloud and runs `terraform apply` without an environment: ")
	finding.part == "deploy"
	finding.pointer == "/jobs/deploy"
}

test_others_are_not if {
	findings("push", {"environment": "production", "steps": steps}) == set()
	findings(["push", "pull_request"], {"steps": steps}) == set()
	findings({"schedule": [], "workflow_dispatch": null}, {"steps": steps}) == set()
	findings("push", {"steps": [steps[0]]}) == set()
	findings("push", {"steps": [steps[1]]}) == set()
	findings("push", {"uses": "./deploy.yml"}) == set()
}

test_a_package_published_without_an_environment_is_found if {
	some asking in findings("push", {"permissions": {"id-token": "write"}, "steps": [{"run": "npm publish"}]})
	startswith(asking.message, "The job deploy publishes a package by `npm publish` without an environment: ")
	some keyed in findings("push", {"steps": [{"uses": "Vendor/publish@v1", "with": {"password": "${{ secrets.KEY }}"}}]})
	contains(keyed.message, "by `vendor/publish`")
	count(findings("push", {"steps": [{"run": "npm publish", "env": {"KEY": "${{ secrets.KEY }}"}}]})) == 1
	whole := {"type": "github/workflow", "operation": "update", "content": {
		"on": "push",
		"permissions": {"id-token": "write"},
		"jobs": {"deploy": {"steps": [{"run": "npm publish"}]}},
	}}
	told := deploy_environment.finding with input.context.documents as [whole] with data.settings.config.github as settings
	count(told) == 1
}

test_what_publishes_nothing_elsewhere_is_not if {
	findings("push", {"steps": [{"run": "npm publish"}]}) == set()
	findings("push", {"steps": [{"run": "npm publish", "env": {"KEY": "${{ secrets.GITHUB_TOKEN }}"}}]}) == set()
	findings("push", {"permissions": {"id-token": "write"}, "steps": [{"run": "npm publish --dry-run"}]}) == set()
	findings("push", {"permissions": {"id-token": "write"}, "environment": "npm", "steps": [{"run": "npm publish"}]}) == set()
}
