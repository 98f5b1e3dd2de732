# METADATA
# title: No keys that never end
# description: >-
#   An access key of a user works until somebody remembers it, and a plan that makes one keeps the secret in the
#   state. A role gives keys that end by themselves.
# custom:
#   id: config.terraform.user_access_keys
#   severity: medium
#   controls: [AWS-FSBP-IAM.3, CIS-AWS-1.14, NIST-800-53-IA-5, "ISO27001-A.5.17", SOC2-CC6.1]
#   remediation: |-
#     Let the caller take a role: by OIDC from a pipeline, by an instance profile or a service account from inside AWS.
#
#       resource "aws_iam_role" "deploy" {
#         assume_role_policy = data.aws_iam_policy_document.github.json
#       }
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_iam_access_key]
package config.terraform.user_access_keys

import data.lib.terraform

types := {"aws_iam_access_key"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "pointer": "/change/after/status"} if {
	some position in applies
	resource := terraform.resources[position]
	terraform.value(resource, "status") != "Inactive"
	message := $"{resource.address} is a key that never ends, and its secret stands in the state."
}
