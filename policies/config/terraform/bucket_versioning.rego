# METADATA
# title: Versions of objects are kept
# description: >-
#   Versioning brings back what was overwritten or deleted. Suspended, it keeps old versions and makes no new ones.
# custom:
#   id: config.terraform.bucket_versioning
#   severity: low
#   controls: [AWS-FSBP-S3.14, NIST-800-53-CP-9, "ISO27001-A.8.13", SOC2-A1.2]
#   remediation: |-
#     Switch it on, with a lifecycle rule for old versions:
#
#       versioning_configuration {
#         status = "Enabled"
#       }
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_s3_bucket_versioning]
package config.terraform.bucket_versioning

import data.lib.terraform

types := {"aws_s3_bucket_versioning"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "pointer": "/change/after/versioning_configuration"} if {
	some position in applies
	resource := terraform.resources[position]
	some block in terraform.blocks(resource, "versioning_configuration")
	block.status in {"Suspended", "Disabled"}
	message := $"{resource.address} keeps no versions of the objects of its bucket."
}
