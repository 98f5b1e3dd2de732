# METADATA
# title: Outsiders start nothing on own machines
# description: >-
#   What a pull request proposes runs code of its author. On a machine of GitHub's that is gone afterwards; on a machine of
#   your own it may stay, and wait for the next job. A repository that the request says is private or internal is not
#   meant, nor is a job that asks who or what it is first.
# custom:
#   id: config.github.self_hosted
#   severity: high
#   controls: [OWASP-CICD-SEC-7, NIST-800-53-SC-39, "ISO27001-A.8.31"]
#   remediation: |-
#     Run what is proposed on a machine of GitHub's:
#
#       runs-on: ubuntu-24.04
#
#     Where it must be your own, make it one that is thrown away after each job, and let an environment with required
#     reviewers wait for an approval.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/workflow]
package config.github.self_hosted

import data.lib.outsiders
import data.lib.workflows

applies contains position if {
	not is_closed
	some position, _ in workflows.workflows
}

is_closed if input.resource.properties.visibility in ["private", "internal"]

finding contains {"message": message, "document": job.position, "part": job.name, "pointer": $"{job.pointer}/runs-on"} if {
	some job in workflows.jobs
	is_own_machine(job.spec["runs-on"])
	starts := sort([who | some event, who in data.settings.config.github.outsider_runs; event in workflows.triggers[job.position]])
	count(starts) > 0
	not outsiders.is_guarded({"position": job.position, "job": job.name, "spec": {}})
	message := $"The job {job.name} runs for {starts[0]} on a machine of your own. If the repository is public, anybody can leave something there for the jobs that follow."
}

# One label, a list of them, or a group with labels.
is_own_machine(where) if "self-hosted" in workflows.names(where)

is_own_machine(where) if "self-hosted" in workflows.names(where.labels)
