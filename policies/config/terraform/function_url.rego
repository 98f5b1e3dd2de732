# METADATA
# title: No function answers everybody
# description: >-
#   A function URL with the authorization type NONE lets whoever finds it run the function, and pay nothing for it.
# custom:
#   id: config.terraform.function_url
#   severity: high
#   controls: [AWS-FSBP-Lambda.1, NIST-800-53-AC-3, "ISO27001-A.8.3", SOC2-CC6.1]
#   remediation: |-
#     Let AWS check who calls:
#
#       authorization_type = "AWS_IAM"
#
#     For a public API, put API Gateway or CloudFront in front.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_lambda_function_url]
package config.terraform.function_url

import data.lib.terraform

types := {"aws_lambda_function_url"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "pointer": "/change/after/authorization_type"} if {
	some position in applies
	resource := terraform.resources[position]
	terraform.value(resource, "authorization_type") == "NONE"
	message := $"{resource.address} lets everybody run the function: nobody checks who calls."
}
