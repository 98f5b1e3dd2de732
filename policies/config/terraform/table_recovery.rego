# METADATA
# title: Tables can be set back
# description: >-
#   Point-in-time recovery brings a table back to any second of the last 35 days: after a wrong write, a nightly
#   copy is a day late.
# custom:
#   id: config.terraform.table_recovery
#   severity: medium
#   controls: [AWS-FSBP-DynamoDB.2, NIST-800-53-CP-9, "ISO27001-A.8.13", SOC2-A1.2]
#   remediation: |-
#     Switch it on:
#
#       point_in_time_recovery {
#         enabled = true
#       }
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_dynamodb_table]
package config.terraform.table_recovery

import data.lib.terraform

types := {"aws_dynamodb_table"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "pointer": "/change/after/point_in_time_recovery"} if {
	some position in applies
	resource := terraform.resources[position]
	not is_kept(resource)
	message := $"{resource.address} cannot be set back to a moment before a wrong write: its point-in-time recovery is off."
}

# Where a plan knows of no block, there is none; where a block knows no switch, the apply will show it.
is_kept(resource) if {
	some block in terraform.blocks(resource, "point_in_time_recovery")
	object.get(block, "enabled", null) != false
}
