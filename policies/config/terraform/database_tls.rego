# METADATA
# title: No database is told to do without TLS
# description: >-
#   A database offers TLS to whoever asks. Only a parameter makes it refuse the others, and newer ones refuse them by themselves: a
#   group that sets it to off lets passwords and rows cross the network as they are. What a group says nothing of is left to AWS.
# custom:
#   id: config.terraform.database_tls
#   severity: medium
#   controls: [AWS-FSBP-RDS.38, AWS-FSBP-Redshift.2, NIST-800-53-SC-8, "ISO27001-A.8.24", SOC2-CC6.7]
#   remediation: |-
#     Write in the group, once all who connect ask for TLS:
#
#       parameter {
#         name  = "rds.force_ssl"
#         value = "1"
#       }
#
#     For MySQL and MariaDB it is `require_secure_transport` with `1`, for Redshift `require_ssl` with `true`, for DocumentDB
#     `tls` with `enabled`, for Neptune `neptune_enforce_ssl` with `1`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents:
#     - terraform/aws_db_parameter_group
#     - terraform/aws_rds_cluster_parameter_group
#     - terraform/aws_redshift_parameter_group
#     - terraform/aws_docdb_cluster_parameter_group
#     - terraform/aws_neptune_cluster_parameter_group
package config.terraform.database_tls

import data.lib.terraform

types := {"aws_db_parameter_group", "aws_rds_cluster_parameter_group", "aws_redshift_parameter_group", "aws_docdb_cluster_parameter_group", "aws_neptune_cluster_parameter_group"}

# The parameters that demand TLS, with what says that they do not, in lower case.
switches := {
	"neptune_enforce_ssl": ["0"],
	"rds.force_ssl": ["0"],
	"require_secure_transport": ["0", "off"],
	"require_ssl": ["0", "false"],
	"tls": ["disabled"],
}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "part": parameter.name, "pointer": $"/change/after/parameter/{index}/value"} if {
	some position in applies
	resource := terraform.resources[position]
	some index, parameter in terraform.blocks(resource, "parameter")
	lower($"{parameter.value}") in switches[parameter.name]
	message := $"{resource.address} sets {parameter.name} to {parameter.value}: whoever connects without TLS is let in, and can be overheard."
}
