# METADATA
# title: No resource is open to everybody by its policy
# description: >-
#   A policy whose principal is `*` is for everybody in the world, unless a condition says who. That the transport is
#   encrypted says it not; which conditions anybody can meet is in `settings.config.terraform.conditions_for_anybody`. A trust policy
#   for everybody hands out the role.
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
#     - terraform/aws_backup_vault_policy
#     - terraform/aws_cloudwatch_event_bus_policy
#     - terraform/aws_cloudwatch_log_destination_policy
#     - terraform/aws_codeartifact_domain_permissions_policy
#     - terraform/aws_codeartifact_repository_permissions_policy
#     - terraform/aws_dynamodb_resource_policy
#     - terraform/aws_ecr_registry_policy
#     - terraform/aws_ecr_repository_policy
#     - terraform/aws_elasticsearch_domain
#     - terraform/aws_glacier_vault
#     - terraform/aws_glue_resource_policy
#     - terraform/aws_iam_policy_document
#     - terraform/aws_iam_role
#     - terraform/aws_kinesis_resource_policy
#     - terraform/aws_kms_key
#     - terraform/aws_kms_key_policy
#     - terraform/aws_lambda_layer_version_permission
#     - terraform/aws_lambda_permission
#     - terraform/aws_opensearch_domain
#     - terraform/aws_s3_bucket
#     - terraform/aws_s3_bucket_policy
#     - terraform/aws_secretsmanager_secret
#     - terraform/aws_secretsmanager_secret_policy
#     - terraform/aws_ses_identity_policy
#     - terraform/aws_sesv2_email_identity_policy
#     - terraform/aws_sns_topic
#     - terraform/aws_sns_topic_policy
#     - terraform/aws_sqs_queue
#     - terraform/aws_sqs_queue_policy
package config.terraform.public_policy

import data.lib.iam
import data.lib.terraform

applies contains position if {
	some position, resource in terraform.resources
	is_shared(resource.type)
}

applies contains position if some position in iam.draft_positions

is_shared(type) if type in {"aws_lambda_permission", "aws_lambda_layer_version_permission"}

is_shared(type) if iam.share_fields[type]

finding contains {"message": message, "document": statement.position, "pointer": statement.pointer} if {
	some statement in iam.shares
	iam.is_public(statement)
	not is_meant(statement)
	message := $"{statement.address} is open to everybody: its {statement.field} allows the principal *, and no condition says who."
}

finding contains {"message": message, "document": position, "pointer": "/change/after/principal"} if {
	some position, resource in terraform.resources
	resource.type == "aws_lambda_permission"
	terraform.value(resource, "principal") == "*"
	every name in ["source_arn", "source_account", "principal_org_id", "function_url_auth_type"] {
		terraform.off(resource, name)
	}
	message := $"{resource.address} is open to everybody: whoever has an account at AWS may call the function."
}

finding contains {"message": message, "document": position, "pointer": "/change/after/principal"} if {
	some position, resource in terraform.resources
	resource.type == "aws_lambda_layer_version_permission"
	terraform.value(resource, "principal") == "*"
	terraform.off(resource, "organization_id")
	message := $"{resource.address} is open to everybody: whoever has an account at AWS may read and use the layer."
}

# The policy of an endpoint: who may come is said elsewhere.
is_meant(statement) if {
	statement.field == "statement"
	statement.resources == ["*"]
}

is_meant(statement) if {
	statement.field == "access_policies"
	domain := terraform.resources[statement.position]
	terraform.is_guarded_domain(domain.values, domain.unknown)
}

# That of an API, too.
is_meant(statement) if {
	some action in statement.actions
	startswith(action, "execute-api:")
}
