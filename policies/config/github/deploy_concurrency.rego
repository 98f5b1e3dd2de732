# METADATA
# title: One deployment at a time
# description: >-
#   Two runs that deploy to production at once overtake each other, and the older one may win. A concurrency group lets
#   them wait. Which environments are production is in the settings.
# custom:
#   id: config.github.deploy_concurrency
#   severity: low
#   controls: [SOC2-CC8.1, NIST-800-53-CM-3, "ISO27001-A.8.32"]
#   remediation: |-
#     Let deployments wait for each other, and finish what has begun:
#
#       concurrency:
#         group: deploy-production
#         cancel-in-progress: false
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/workflow]
package config.github.deploy_concurrency

import data.lib.workflows

applies contains position if some position, _ in workflows.workflows

finding contains {"message": message, "document": job.position, "part": job.name, "pointer": $"{job.pointer}/environment"} if {
	some job in workflows.jobs
	some environment in [job.spec.environment, object.get(job.spec, ["environment", "name"], "")]
	is_string(environment)
	lower(environment) in data.settings.config.github.production_environments
	not "concurrency" in object.keys(job.spec)
	not "concurrency" in object.keys(workflows.workflows[job.position])
	message := $"The job {job.name} deploys to {environment}, and two runs of it may do so at once: the older one may win."
}
