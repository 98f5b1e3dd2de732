# METADATA
# title: The rights of the token are stated
# description: >-
#   A workflow, or each of its jobs, says what its token may do, and never that it may write everything. Where nothing is
#   said the default of the repository counts, which for older ones is to write everything. A workflow that only others
#   call gets its rights from them. A right that can change code, packages or identities is given to the job that needs
#   it, not to all.
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

finding contains {"message": message, "document": position, "part": "permissions", "pointer": pointer, "remediation": remediation} if {
	some position, rights in shared
	names := unsaid(position)
	pointer := $"/permissions/{rights[0]}"
	message := $"The workflow lets the token of each of {concat(", ", sort(names))} write {concat(", ", rights)}: whatever runs in one of these jobs may, whether or not the job needs it."
	remediation := $"Give the right to the job that needs it, and let the others only read:\n\n  permissions:\n    contents: read\n  jobs:\n    {sort(names)[0]}:\n      permissions:\n        {rights[0]}: write"
}

# What several jobs may write because the workflow says so, by position.
shared[position] := rights if {
	some position, workflow in workflows.workflows
	rights := sort([name |
		some name in data.settings.config.github.powerful_permissions
		workflow.permissions[name] == "write"
	])
	count(rights) > 0
	count(unsaid(position)) > 1
}

# The jobs of a workflow that state no rights of their own.
unsaid(position) := {job.name |
	some job in workflows.jobs
	job.position == position
	not "permissions" in object.keys(job.spec)
}

# The jobs that nothing is said about, by position.
unstated[position] := names if {
	some position, workflow in workflows.workflows
	not "permissions" in object.keys(workflow)
	workflows.triggers[position] != {"workflow_call"}
	names := unsaid(position)
	count(names) > 0
}
