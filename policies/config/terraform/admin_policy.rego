# METADATA
# title: Nobody may do everything
# description: >-
#   A policy that allows every action on every resource makes whoever steals one key the owner of the account.
# custom:
#   id: config.terraform.admin_policy
#   severity: high
#   controls: [AWS-FSBP-IAM.1, CIS-AWS-1.16, NIST-800-53-AC-6, "ISO27001-A.8.2", SOC2-CC6.3]
#   remediation: |-
#     Name what is needed, and on what:
#
#       actions   = ["s3:GetObject"]
#       resources = ["arn:aws:s3:::shop-orders/*"]
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents:
#     - terraform/aws_iam_policy
#     - terraform/aws_iam_role_policy
#     - terraform/aws_iam_user_policy
#     - terraform/aws_iam_group_policy
#     - terraform/aws_iam_role_policy_attachment
#     - terraform/aws_iam_user_policy_attachment
#     - terraform/aws_iam_group_policy_attachment
package config.terraform.admin_policy

import data.lib.terraform

types := {"aws_iam_policy", "aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy", "aws_iam_role_policy_attachment", "aws_iam_user_policy_attachment", "aws_iam_group_policy_attachment"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "pointer": "/change/after/policy"} if {
	some position in applies
	resource := terraform.resources[position]
	some statement in terraform.statements(terraform.value(resource, "policy"))
	terraform.allows(statement)
	some action in terraform.listed(statement.Action)
	action in {"*", "*:*"}
	"*" in terraform.listed(statement.Resource)
	message := $"{resource.address} allows every action on every resource."
}

finding contains {"message": message, "document": position, "pointer": "/change/after/policy_arn"} if {
	some position in applies
	resource := terraform.resources[position]
	arn := terraform.value(resource, "policy_arn")
	is_string(arn)
	endswith(arn, ":aws:policy/AdministratorAccess")
	message := $"{resource.address} hands out AdministratorAccess: every action on every resource."
}
