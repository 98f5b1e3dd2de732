package config.github.deploy_concurrency_test

import data.config.github.deploy_concurrency

findings(workflow, job) := found if {
	found := deploy_concurrency.finding with input.context.documents as [document(object.union(workflow, {"jobs": {"deploy": job}}))]
		with data.settings.config.github.production_environments as ["production"]
}

document(content) := {"type": "github/workflow", "operation": "update", "content": content}

test_applies_to_workflows if {
	deploy_concurrency.applies == {0} with input.context.documents as [document({})]
}

test_two_deployments_at_once_are_found if {
	some finding in findings({}, {"environment": "Production"})
	finding.message == "The job deploy deploys to Production, and two runs of it may do so at once: the older one may win."
	finding.part == "deploy"
	finding.pointer == "/jobs/deploy/environment"
	count(findings({}, {"environment": {"name": "production"}})) == 1
}

test_a_group_or_another_environment_is_fine if {
	findings({"concurrency": "a"}, {"environment": "production"}) == set()
	findings({}, {"environment": "production", "concurrency": {"group": "a"}}) == set()
	findings({}, {"environment": "staging"}) == set()
	findings({}, {}) == set()
}
