# METADATA
# title: Databases are encrypted on disk
# description: >-
#   Encryption costs nothing here, also covers snapshots, and cannot be added later without making the database
#   anew. Replicas take after their source.
# custom:
#   id: config.terraform.database_encryption
#   severity: high
#   controls: [AWS-FSBP-RDS.3, CIS-AWS-2.3.1, NIST-800-53-SC-28, "ISO27001-A.8.24", SOC2-CC6.1]
#   remediation: |-
#     For RDS, DocumentDB and Neptune:
#
#       storage_encrypted = true
#
#     For Redshift:
#
#       encrypted = true
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents:
#     - terraform/aws_db_instance
#     - terraform/aws_rds_cluster
#     - terraform/aws_docdb_cluster
#     - terraform/aws_neptune_cluster
#     - terraform/aws_redshift_cluster
package config.terraform.database_encryption

import data.lib.terraform

types := {"aws_db_instance", "aws_rds_cluster", "aws_docdb_cluster", "aws_neptune_cluster", "aws_redshift_cluster"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "pointer": $"/change/after/{field}", "remediation": $"Write `{field} = true`; a database that stands is encrypted through a copy of its snapshot."} if {
	some position in applies
	resource := terraform.resources[position]
	not takes_after_another(resource)
	field := switch(resource.type)
	terraform.off(resource, field)
	message := $"{resource.address} is not encrypted on disk, nor are its snapshots."
}

switch("aws_redshift_cluster") := "encrypted"

switch(type) := "storage_encrypted" if type != "aws_redshift_cluster"

takes_after_another(resource) if {
	some field in ["replicate_source_db", "snapshot_identifier", "replication_source_identifier", "global_cluster_identifier"]
	not terraform.value(resource, field) in [null, ""]
}

# AWS gives a snapshot_identifier to each new instance, so a plan never knows it.
takes_after_another(resource) if {
	some field in ["replicate_source_db", "replication_source_identifier", "global_cluster_identifier"]
	terraform.unknown(resource, field)
}
