# METADATA
# title: What deploys or publishes goes through an environment
# description: >-
#   An environment says which branches may deploy, who must agree first, and which secrets only that job sees; and the cloud
#   and the registry of packages can trust the environment instead of every job of the repository. Meant are jobs that sign
#   in to a cloud and then change something there, and jobs that publish a package, when something is pushed or released or
#   somebody asks. What runs for a pull request or by the clock mostly tests.
# custom:
#   id: config.github.deploy_environment
#   severity: medium
#   controls: [OWASP-CICD-SEC-1, NIST-800-53-CM-3, "ISO27001-A.8.32", SOC2-CC8.1]
#   remediation: |-
#     Name the environment, and let the cloud or the registry trust only it:
#
#       jobs:
#         deploy:
#           environment: production
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/workflow]
package config.github.deploy_environment

import data.lib.scripts
import data.lib.workflows

applies contains position if some position, _ in workflows.workflows

finding contains {"message": message, "document": job.position, "part": job.name, "pointer": job.pointer} if {
	some job in unguarded
	signs_in(job)
	command := changes(job)[0]
	message := $"The job {job.name} signs in to a cloud and runs `{command}` without an environment: nobody is asked first, and the cloud has to trust every job of the repository."
}

finding contains {"message": message, "document": job.position, "part": job.name, "pointer": job.pointer} if {
	some job in unguarded
	may_publish(job)
	means := array.concat(publishing_actions(job), publishing_commands(job))[0]
	message := $"The job {job.name} publishes a package by `{means}` without an environment: nobody is asked first, and the registry has to trust every job of the repository."
}

# Jobs without an environment, of workflows that do more than test.
unguarded contains job if {
	some job in workflows.jobs
	not "environment" in object.keys(job.spec)
	workflows.triggers[job.position] - {"push", "release", "workflow_dispatch"} == set()
}

# Only a job that may ask for a token, or is handed a secret other than that of the run, can reach a registry elsewhere.
may_publish(job) if rights(job)["id-token"] == "write"

may_publish(job) if {
	some [_, _, step] in workflows.in_turn(job.spec.steps)
	some holder in ["env", "with"]
	some value in step[holder]
	some expression in workflows.expressions(value)
	startswith(expression, "secrets.")
	expression != "secrets.github_token"
}

# What a job states stands in place of what its workflow states.
rights(job) := object.get(job.spec, "permissions", object.get(workflows.workflows[job.position], "permissions", {}))

publishing_actions(job) := [action |
	some [_, _, step] in workflows.in_turn(job.spec.steps)
	action := workflows.action(step.uses)
	action in data.settings.config.github.package_actions
]

publishing_commands(job) := [command |
	some [_, _, step] in workflows.in_turn(job.spec.steps)
	some command in data.settings.config.github.package_commands
	scripts.calls(step.run, command)
	not contains(step.run, "--dry-run")
]

signs_in(job) if {
	some [_, _, step] in workflows.in_turn(job.spec.steps)
	workflows.action(step.uses) in data.settings.config.github.cloud_sign_ins
}

changes(job) := [command |
	some [_, _, step] in workflows.in_turn(job.spec.steps)
	some command in data.settings.config.github.deploy_commands
	scripts.calls(step.run, command)
]
