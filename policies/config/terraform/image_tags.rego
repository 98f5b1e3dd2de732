# METADATA
# title: Tags of images do not move
# description: >-
#   Where a tag can be pushed again, the image that was tested and the one that runs may be two.
# custom:
#   id: config.terraform.image_tags
#   severity: low
#   controls: [AWS-FSBP-ECR.2, NIST-800-53-CM-2, "ISO27001-A.8.32"]
#   remediation: |-
#     Write `image_tag_mutability = "IMMUTABLE"`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_ecr_repository]
package config.terraform.image_tags

import data.lib.terraform

types := {"aws_ecr_repository"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "pointer": "/change/after/image_tag_mutability"} if {
	some position in applies
	resource := terraform.resources[position]
	terraform.value(resource, "image_tag_mutability") == "MUTABLE"
	message := $"{resource.address} lets a tag be pushed again: what was tested may not be what runs."
}
