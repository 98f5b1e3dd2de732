# METADATA
# title: Databases are protected from deletion
# description: >-
#   With deletion protection a wrong plan, or a wrong click, cannot delete what nobody can make again.
# custom:
#   id: config.terraform.deletion_protection
#   severity: medium
#   controls: [AWS-FSBP-RDS.7, AWS-FSBP-RDS.8, AWS-FSBP-DynamoDB.6, NIST-800-53-CP-9, "ISO27001-A.8.13", SOC2-A1.2]
#   remediation: |-
#     For a database:
#
#       deletion_protection = true
#
#     For a DynamoDB table:
#
#       deletion_protection_enabled = true
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents:
#     - terraform/aws_db_instance
#     - terraform/aws_rds_cluster
#     - terraform/aws_docdb_cluster
#     - terraform/aws_neptune_cluster
#     - terraform/aws_dynamodb_table
package config.terraform.deletion_protection

import data.lib.terraform

types := {"aws_db_instance", "aws_rds_cluster", "aws_docdb_cluster", "aws_neptune_cluster", "aws_dynamodb_table"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "pointer": $"/change/after/{field}", "remediation": $"Write `{field} = true`."} if {
	some position in applies
	resource := terraform.resources[position]
	not is_replica(resource)
	field := switch(resource.type)
	terraform.off(resource, field)
	message := $"{resource.address} can be deleted by one wrong plan: {field} is off."
}

switch("aws_dynamodb_table") := "deletion_protection_enabled"

switch(type) := "deletion_protection" if type != "aws_dynamodb_table"

# A copy can be made again.
is_replica(resource) if not terraform.value(resource, "replicate_source_db") in [null, ""]

is_replica(resource) if terraform.unknown(resource, "replicate_source_db")
