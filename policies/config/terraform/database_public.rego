# METADATA
# title: No database or broker has a public address
# description: >-
#   A database or a broker of messages with a public address is one wrong security group away from everybody. Applications
#   reach it from inside the network.
# custom:
#   id: config.terraform.database_public
#   severity: high
#   controls: [AWS-FSBP-RDS.2, AWS-FSBP-Redshift.1, CIS-AWS-2.3.3, NIST-800-53-SC-7, "ISO27001-A.8.20", SOC2-CC6.6]
#   remediation: |-
#     Write `publicly_accessible = false`, and reach the database through the VPN, or a bastion.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents:
#     - terraform/aws_db_instance
#     - terraform/aws_rds_cluster_instance
#     - terraform/aws_redshift_cluster
#     - terraform/aws_dms_replication_instance
#     - terraform/aws_neptune_cluster_instance
#     - terraform/aws_redshiftserverless_workgroup
#     - terraform/aws_mq_broker
package config.terraform.database_public

import data.lib.terraform

types := {"aws_db_instance", "aws_rds_cluster_instance", "aws_redshift_cluster", "aws_dms_replication_instance", "aws_neptune_cluster_instance", "aws_redshiftserverless_workgroup", "aws_mq_broker"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "pointer": "/change/after/publicly_accessible"} if {
	some position in applies
	resource := terraform.resources[position]
	terraform.value(resource, "publicly_accessible") == true
	message := $"{resource.address} gets a public address: only its security group keeps the internet out."
}
