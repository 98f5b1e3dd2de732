# METADATA
# title: Passwords are long, and are not used again
# description: >-
#   The passwords of IAM users are guessed from outside, by whoever knows the number of the account. How long they are and how many old
#   ones are refused is in `settings.config.terraform.password_policy`.
# custom:
#   id: config.terraform.password_policy
#   severity: medium
#   controls: [AWS-FSBP-IAM.7, CIS-AWS-1.8, CIS-AWS-1.9, NIST-800-53-IA-5, "ISO27001-A.5.17", SOC2-CC6.1]
#   remediation: |-
#     Write:
#
#       minimum_password_length   = 14
#       password_reuse_prevention = 24
#
#     Better still, people sign in through IAM Identity Center, and no user has a password.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_iam_account_password_policy]
package config.terraform.password_policy

import data.lib.terraform

types := {"aws_iam_account_password_policy"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "part": "minimum_password_length", "pointer": "/change/after/minimum_password_length", "remediation": $"Write `minimum_password_length = {least}`."} if {
	some position in applies
	resource := terraform.resources[position]
	least := data.settings.config.terraform.password_policy.minimum_length
	length := shown(resource, "minimum_password_length", 6)
	length < least
	message := $"{resource.address} takes passwords of {length} characters; {least} is the least."
}

finding contains {"message": message, "document": position, "part": "password_reuse_prevention", "pointer": "/change/after/password_reuse_prevention", "remediation": $"Write `password_reuse_prevention = {least}`."} if {
	some position in applies
	resource := terraform.resources[position]
	least := data.settings.config.terraform.password_policy.remembered
	remembered := shown(resource, "password_reuse_prevention", 0)
	remembered < least
	message := $"{resource.address} remembers {remembered} old passwords; {least} is the least."
}

# What AWS takes where the plan says nothing.
shown(resource, name, otherwise) := otherwise if {
	terraform.value(resource, name) == null
	not terraform.unknown(resource, name)
} else := number if {
	number := terraform.value(resource, name)
	is_number(number)
}
