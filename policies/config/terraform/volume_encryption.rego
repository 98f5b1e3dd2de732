# METADATA
# title: Volumes are encrypted
# description: >-
#   A volume, and each snapshot of it, is readable by whoever gets hold of it, unless it is encrypted. Of volumes told
#   only where the plan says that it is off: an account may encrypt them by default. It does so with no file system.
# custom:
#   id: config.terraform.volume_encryption
#   severity: medium
#   controls: [AWS-FSBP-EC2.3, AWS-FSBP-EFS.1, CIS-AWS-2.4.1, CIS-AWS-2.2.1, NIST-800-53-SC-28, "ISO27001-A.8.24", SOC2-CC6.1]
#   remediation: |-
#     Write `encrypted = true`, or leave it to the account: `aws_ebs_encryption_by_default`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_ebs_volume, terraform/aws_efs_file_system, terraform/aws_instance]
package config.terraform.volume_encryption

import data.lib.terraform

types := {"aws_ebs_volume", "aws_efs_file_system", "aws_instance"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "pointer": "/change/after/encrypted"} if {
	some position in applies
	resource := terraform.resources[position]
	terraform.value(resource, "encrypted") == false
	message := $"{resource.address} is not encrypted, nor are its snapshots."
}

finding contains {"message": message, "document": position, "pointer": "/change/after/encrypted", "remediation": "Write `encrypted = true`; a file system that stands is made anew for it."} if {
	some position in applies
	resource := terraform.resources[position]
	resource.type == "aws_efs_file_system"
	terraform.leaves_out(position, "encrypted")
	message := $"{resource.address} leaves encrypted out, and AWS then does not encrypt it."
}

finding contains {"message": message, "document": position, "part": $"{field}/{index}", "pointer": $"/change/after/{field}/{index}/encrypted"} if {
	some position in applies
	resource := terraform.resources[position]
	some field in ["root_block_device", "ebs_block_device"]
	some index, block in terraform.blocks(resource, field)
	block.encrypted == false
	message := $"{resource.address} has a volume ({field}) that is not encrypted."
}
