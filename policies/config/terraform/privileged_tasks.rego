# METADATA
# title: No task is privileged
# description: >-
#   A privileged container is root on its host, and with it in every other task there.
# custom:
#   id: config.terraform.privileged_tasks
#   severity: high
#   controls: [AWS-FSBP-ECS.4, NIST-800-53-AC-6, "ISO27001-A.8.2", SOC2-CC6.1]
#   remediation: |-
#     Leave `privileged` out, and add the one capability that is needed:
#
#       linuxParameters = { capabilities = { add = ["SYS_PTRACE"] } }
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_ecs_task_definition]
package config.terraform.privileged_tasks

import data.lib.terraform

types := {"aws_ecs_task_definition"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "part": container.name, "pointer": "/change/after/container_definitions"} if {
	some position in applies
	resource := terraform.resources[position]
	some container in terraform.containers(resource)
	container.privileged == true
	message := $"{resource.address} runs the container {container.name} privileged: it is root on its host."
}
