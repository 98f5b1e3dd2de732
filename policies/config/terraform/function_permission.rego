# METADATA
# title: A function answers sources of your own only
# description: >-
#   A service of AWS acts for whoever asks it. A permission for `s3.amazonaws.com` or `apigateway.amazonaws.com` that
#   names no source lets buckets and APIs of every account call the function.
# custom:
#   id: config.terraform.function_permission
#   severity: medium
#   controls: [AWS-FSBP-Lambda.1, NIST-800-53-AC-3, "ISO27001-A.8.3", SOC2-CC6.1]
#   remediation: |-
#     Name the source:
#
#       source_arn = aws_sns_topic.orders.arn
#
#     For a bucket also its account, since a name can be taken by another:
#
#       source_account = data.aws_caller_identity.current.account_id
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_lambda_permission]
package config.terraform.function_permission

import data.lib.terraform

types := {"aws_lambda_permission"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "pointer": "/change/after/source_arn"} if {
	some position in applies
	resource := terraform.resources[position]
	principal := terraform.value(resource, "principal")
	endswith(principal, ".amazonaws.com")
	every name in ["source_arn", "source_account", "principal_org_id", "event_source_token"] {
		terraform.off(resource, name)
	}
	message := $"{resource.address} lets {principal} call the function for every account: it names no source."
}
