# METADATA
# title: Databases are backed up
# description: >-
#   Without automated backups nothing brings back what a mistake deletes. How many days are enough is in
#   `settings.config.terraform.backup_days`.
# custom:
#   id: config.terraform.database_backups
#   severity: medium
#   controls: [AWS-FSBP-RDS.11, NIST-800-53-CP-9, "ISO27001-A.8.13", SOC2-A1.2]
#   remediation: |-
#     Keep backups for at least as many days as the settings say:
#
#       backup_retention_period = 7
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents:
#     - terraform/aws_db_instance
#     - terraform/aws_rds_cluster
#     - terraform/aws_docdb_cluster
#     - terraform/aws_neptune_cluster
package config.terraform.database_backups

import data.lib.terraform
import data.lib.text

types := {"aws_db_instance", "aws_rds_cluster", "aws_docdb_cluster", "aws_neptune_cluster"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "pointer": "/change/after/backup_retention_period", "remediation": $"Write `backup_retention_period = {needed}`, or more."} if {
	some position in applies
	resource := terraform.resources[position]
	terraform.value(resource, "replicate_source_db") in [null, ""]
	not terraform.unknown(resource, "replicate_source_db")
	kept := terraform.value(resource, "backup_retention_period")
	is_number(kept)
	needed := data.settings.config.terraform.backup_days
	kept < needed
	message := $"{resource.address} keeps its backups for {text.counted(kept, "day")}; {needed} are asked for."
}
