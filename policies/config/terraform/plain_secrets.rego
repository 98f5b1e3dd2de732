# METADATA
# title: Secrets are referred to, not written out
# description: >-
#   What stands in the variables of a function, a container or a build, or in the script that starts a machine, is read
#   by everybody who may look at it in the console, and stays in every old version. The plan and the state have it,
#   too.
# custom:
#   id: config.terraform.plain_secrets
#   severity: high
#   controls: [AWS-FSBP-ECS.8, AWS-FSBP-CodeBuild.2, NIST-800-53-IA-5, "ISO27001-A.5.17", SOC2-CC6.1]
#   remediation: |-
#     Keep it in Secrets Manager or as a SecureString, and refer to it. For a container:
#
#       secrets = [{ name = "DB_PASSWORD", valueFrom = aws_secretsmanager_secret.db.arn }]
#
#     For a function or a machine, pass the ARN, and let it ask for the value when it starts. Change the secret: it is known.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents:
#     - terraform/aws_lambda_function
#     - terraform/aws_ecs_task_definition
#     - terraform/aws_codebuild_project
#     - terraform/aws_instance
#     - terraform/aws_launch_template
#     - terraform/aws_launch_configuration
#     - terraform/aws_ssm_parameter
package config.terraform.plain_secrets

import data.lib.terraform

types := {"aws_lambda_function", "aws_ecs_task_definition", "aws_codebuild_project", "aws_instance", "aws_launch_template", "aws_launch_configuration", "aws_ssm_parameter"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

# A value under a name that says that it is secret comes masked: the mask tells that one stood there.
masked := "(masked)"

finding contains {"message": message, "document": position, "part": name, "pointer": pointer} if {
	some position in applies
	resource := terraform.resources[position]
	some [name, pointer] in written(resource)
	message := $"{resource.address} has the value of {name} written out: whoever may look at it knows the secret."
}

written(resource) := [[name, $"/change/after/environment/{index}/variables"] |
	some index, block in terraform.blocks(resource, "environment")
	some name, value in block.variables
	value == masked
] if {
	resource.type == "aws_lambda_function"
}

written(resource) := [[variable.name, "/change/after/container_definitions"] |
	some container in terraform.containers(resource)
	some variable in terraform.listed(object.get(container, "environment", null))
	variable.value == masked
] if {
	resource.type == "aws_ecs_task_definition"
}

written(resource) := [[variable.name, $"/change/after/environment/{index}/environment_variable/{at}"] |
	some index, block in terraform.blocks(resource, "environment")
	some at, variable in terraform.listed(object.get(block, "environment_variable", null))
	variable.value == masked
	object.get(variable, "type", null) in [null, "PLAINTEXT"]
] if {
	resource.type == "aws_codebuild_project"
}

written(resource) := [["the parameter", "/change/after/value"] |
	terraform.value(resource, "value") == masked
	terraform.value(resource, "type") == "String"
	some word in data.settings.config.terraform.secret_words
	contains(lower(terraform.value(resource, "name")), word)
] if {
	resource.type == "aws_ssm_parameter"
}

written(resource) := [[name, $"/change/after/{field}"] |
	some field in ["user_data", "user_data_base64"]
	some line in split(terraform.script(terraform.value(resource, field)), "\n")
	[assigned, _] := split(line, $"={masked}")
	words := split(assigned, " ")
	name := words[count(words) - 1]
] if {
	resource.type in {"aws_instance", "aws_launch_template", "aws_launch_configuration"}
}
