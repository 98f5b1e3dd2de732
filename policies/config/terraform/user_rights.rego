# METADATA
# title: Rights come by groups and roles
# description: >-
#   Rights that one user was given are seen by nobody who reads the groups, and stay when the user changes to another team.
# custom:
#   id: config.terraform.user_rights
#   severity: low
#   controls: [AWS-FSBP-IAM.2, CIS-AWS-1.15, NIST-800-53-AC-6, "ISO27001-A.5.18", SOC2-CC6.3]
#   remediation: |-
#     Give them to a group, and put the user in it; a program takes a role:
#
#       resource "aws_iam_group_policy_attachment" "orders" {
#         group      = aws_iam_group.orders.name
#         policy_arn = aws_iam_policy.orders.arn
#       }
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_iam_user_policy, terraform/aws_iam_user_policy_attachment, terraform/aws_iam_policy_attachment]
package config.terraform.user_rights

import data.lib.terraform

types := {"aws_iam_user_policy", "aws_iam_user_policy_attachment", "aws_iam_policy_attachment"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "pointer": $"/change/after/{field}"} if {
	some position in applies
	resource := terraform.resources[position]
	field := receiver(resource)
	message := $"{resource.address} gives rights to a user directly."
}

receiver(resource) := "user" if {
	startswith(resource.type, "aws_iam_user_policy")
} else := "users" if {
	some user in terraform.blocks(resource, "users")
	user != ""
}
