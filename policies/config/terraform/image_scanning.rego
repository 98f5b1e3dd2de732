# METADATA
# title: Images are scanned when they are pushed
# description: >-
#   A scan on push names the holes that are known before anything runs. Where the registry as a whole scans, set this
#   rule to `off`.
# custom:
#   id: config.terraform.image_scanning
#   severity: low
#   controls: [AWS-FSBP-ECR.1, NIST-800-53-RA-5, "ISO27001-A.8.8"]
#   remediation: |-
#     Switch it on:
#
#       image_scanning_configuration {
#         scan_on_push = true
#       }
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_ecr_repository]
package config.terraform.image_scanning

import data.lib.terraform

types := {"aws_ecr_repository"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "pointer": "/change/after/image_scanning_configuration"} if {
	some position in applies
	resource := terraform.resources[position]
	not scans(resource)
	message := $"{resource.address} does not scan what is pushed: known holes are found when it runs, or never."
}

scans(resource) if {
	some block in terraform.blocks(resource, "image_scanning_configuration")
	object.get(block, "scan_on_push", null) != false
}
