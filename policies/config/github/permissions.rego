# METADATA
# title: The rights of the token are stated
# description: >-
#   A workflow, or each of its jobs, says what its token may do, and never that it may write everything. Where nothing is
#   said the default of the repository counts, which for older ones is to write everything. A workflow that only others
#   call gets its rights from them.
# custom:
#   id: config.github.permissions
#   severity: medium
#   controls: [OWASP-CICD-SEC-5, NIST-800-53-AC-6, "ISO27001-A.8.2", SOC2-CC6.3]
#   remediation: |-
#     Begin the workflow with the least, and give a job more where it needs more:
#
#       permissions:
#         contents: read
#       jobs:
#         release:
#           permissions:
#             contents: write
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/workflow]
package config.github.permissions

import data.lib.workflows

applies contains position if some position, _ in workflows.workflows

finding contains {"message": message, "document": position, "part": "permissions", "pointer": "/jobs"} if {
	some position, names in unstated
	message := $"Nothing says what the token may do in {concat(", ", sort(names))}: it gets the default of the repository, which may be to write everything."
}

finding contains {"message": message, "document": position, "part": "write-all", "pointer": "/permissions"} if {
	some position, workflow in workflows.workflows
	workflow.permissions == "write-all"
	message := "The workflow lets the token of every job write everything: one bad step can change the code, the releases and the packages."
}

finding contains {"message": message, "document": job.position, "part": part, "pointer": $"{job.pointer}/permissions"} if {
	some job in workflows.jobs
	job.spec.permissions == "write-all"
	part := $"{job.name}/write-all"
	message := $"The job {job.name} lets its token write everything: one bad step can change the code, the releases and the packages."
}

# The jobs that nothing is said about, by position.
unstated[position] := names if {
	some position, workflow in workflows.workflows
	not "permissions" in object.keys(workflow)
	workflows.triggers[position] != {"workflow_call"}
	names := {job.name |
		some job in workflows.jobs
		job.position == position
		not "permissions" in object.keys(job.spec)
	}
	count(names) > 0
}
