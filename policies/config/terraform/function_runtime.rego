# METADATA
# title: Functions run on what is still mended
# description: >-
#   AWS mends no hole in a runtime that is deprecated, makes no new functions with it, and some day changes none. The
#   runtimes are in `settings.config.terraform.deprecated_runtimes`.
# custom:
#   id: config.terraform.function_runtime
#   severity: medium
#   controls: [AWS-FSBP-Lambda.2, NIST-800-53-SI-2, "ISO27001-A.8.8"]
#   remediation: |-
#     Write the current version of the language, after a run of the tests on it:
#
#       runtime = "nodejs24.x"
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_lambda_function]
package config.terraform.function_runtime

import data.lib.terraform

types := {"aws_lambda_function"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "pointer": "/change/after/runtime"} if {
	some position in applies
	resource := terraform.resources[position]
	runtime := terraform.value(resource, "runtime")
	runtime in data.settings.config.terraform.deprecated_runtimes
	message := $"{resource.address} runs on {runtime}, which AWS no longer mends."
}
