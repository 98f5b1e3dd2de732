# METADATA
# title: No resource is open to everybody by its policy
# description: >-
#   A policy whose principal is `*`, without a condition, is for everybody in the world. For the trust policy of a
#   role, it hands out the role.
# custom:
#   id: config.terraform.public_policy
#   severity: critical
#   controls: [AWS-FSBP-S3.6, AWS-FSBP-SQS.3, AWS-FSBP-SNS.4, NIST-800-53-AC-3, "ISO27001-A.8.3", SOC2-CC6.1]
#   remediation: |-
#     Name the principal:
#
#       principals {
#         type        = "AWS"
#         identifiers = ["arn:aws:iam::111122223333:role/orders"]
#       }
#
#     Or bind it by a condition such as `aws:SourceArn` or `aws:PrincipalOrgID`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents:
#     - terraform/aws_s3_bucket_policy
#     - terraform/aws_sqs_queue_policy
#     - terraform/aws_sns_topic_policy
#     - terraform/aws_kms_key
#     - terraform/aws_kms_key_policy
#     - terraform/aws_secretsmanager_secret_policy
#     - terraform/aws_ecr_repository_policy
#     - terraform/aws_iam_role
package config.terraform.public_policy

import data.lib.terraform

types := {"aws_s3_bucket_policy", "aws_sqs_queue_policy", "aws_sns_topic_policy", "aws_kms_key", "aws_kms_key_policy", "aws_secretsmanager_secret_policy", "aws_ecr_repository_policy", "aws_iam_role"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "pointer": $"/change/after/{field}"} if {
	some position in applies
	resource := terraform.resources[position]
	field := policy_of(resource.type)
	some statement in terraform.statements(terraform.value(resource, field))
	terraform.allows(statement)
	is_everybody(object.get(statement, "Principal", null))
	object.get(statement, "Condition", {}) == {}
	message := $"{resource.address} is open to everybody: its {field} allows the principal * without a condition."
}

policy_of("aws_iam_role") := "assume_role_policy"

policy_of(type) := "policy" if type != "aws_iam_role"

is_everybody("*")

is_everybody(principal) if "*" in terraform.listed(principal.AWS)
