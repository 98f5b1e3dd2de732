# METADATA
# title: The default security group lets nothing through
# description: >-
#   Whatever is started without a security group of its own falls into the default one. If that lets traffic through, nobody has
#   decided so for what is in it.
# custom:
#   id: config.terraform.default_group
#   severity: medium
#   controls: [AWS-FSBP-EC2.2, CIS-AWS-5.4, NIST-800-53-SC-7, "ISO27001-A.8.20", SOC2-CC6.6]
#   remediation: |-
#     Take it over, and leave it without rules; give what runs a group of its own:
#
#       resource "aws_default_security_group" "none" {
#         vpc_id = aws_vpc.main.id
#       }
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_default_security_group]
package config.terraform.default_group

import data.lib.terraform

types := {"aws_default_security_group"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "part": field, "pointer": $"/change/after/{field}"} if {
	some position in applies
	resource := terraform.resources[position]
	some field, way in {"ingress": "in", "egress": "out"}
	terraform.blocks(resource, field) != []
	message := $"{resource.address} lets traffic {way}, for whatever is started without a group of its own."
}
