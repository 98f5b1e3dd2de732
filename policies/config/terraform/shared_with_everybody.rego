# METADATA
# title: No image or snapshot is shared with everybody
# description: >-
#   Whoever has an account at AWS can start or copy what is shared with all, and read what is on it: keys, tables,
#   mails. Lists of such images and snapshots are read by machines.
# custom:
#   id: config.terraform.shared_with_everybody
#   severity: critical
#   controls: [AWS-FSBP-EC2.1, AWS-FSBP-RDS.1, AWS-FSBP-SSM.4, NIST-800-53-AC-3, "ISO27001-A.8.3", SOC2-CC6.1]
#   remediation: |-
#     Name the accounts:
#
#       account_id = "111122223333"
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents:
#     - terraform/aws_ami_launch_permission
#     - terraform/aws_db_snapshot
#     - terraform/aws_db_cluster_snapshot
#     - terraform/aws_ssm_document
package config.terraform.shared_with_everybody

import data.lib.terraform

types := {"aws_ami_launch_permission", "aws_db_snapshot", "aws_db_cluster_snapshot", "aws_ssm_document"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "pointer": $"/change/after/{field}"} if {
	some position in applies
	resource := terraform.resources[position]
	some field in ["group", "shared_accounts"]
	"all" in terraform.listed(terraform.value(resource, field))
	message := $"{resource.address} is shared with everybody who has an account at AWS."
}

finding contains {"message": message, "document": position, "pointer": "/change/after/permissions"} if {
	some position in applies
	resource := terraform.resources[position]
	resource.type == "aws_ssm_document"
	lower(terraform.value(resource, "permissions").account_ids) == "all"
	message := $"{resource.address} is shared with everybody who has an account at AWS."
}
