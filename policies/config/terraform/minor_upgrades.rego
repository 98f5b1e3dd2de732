# METADATA
# title: Databases take minor upgrades
# description: >-
#   Minor versions mend vulnerabilities, and come in the hours of maintenance. What does not take them by itself is upgraded when
#   somebody thinks of it.
# custom:
#   id: config.terraform.minor_upgrades
#   severity: low
#   controls: [AWS-FSBP-RDS.13, CIS-AWS-2.3.2, NIST-800-53-SI-2, "ISO27001-A.8.8", SOC2-CC7.1]
#   remediation: |-
#     Write:
#
#       auto_minor_version_upgrade = true
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents:
#     - terraform/aws_db_instance
#     - terraform/aws_rds_cluster_instance
#     - terraform/aws_neptune_cluster_instance
#     - terraform/aws_elasticache_replication_group
#     - terraform/aws_mq_broker
package config.terraform.minor_upgrades

import data.lib.terraform

types := {"aws_db_instance", "aws_rds_cluster_instance", "aws_neptune_cluster_instance", "aws_elasticache_replication_group", "aws_mq_broker"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

# Some versions of the provider write it as a text.
finding contains {"message": message, "document": position, "pointer": "/change/after/auto_minor_version_upgrade"} if {
	some position in applies
	resource := terraform.resources[position]
	terraform.value(resource, "auto_minor_version_upgrade") in [false, "false"]
	message := $"{resource.address} takes no minor upgrades: it stays vulnerable until somebody thinks of it."
}
