# METADATA
# title: Instances give credentials to no forged request
# description: >-
#   With version 1 of the metadata service, one request that an application can be made to send (SSRF) reads the
#   credentials of the instance. Version 2 asks for a token first.
# custom:
#   id: config.terraform.instance_metadata
#   severity: high
#   controls: [AWS-FSBP-EC2.8, CIS-AWS-5.6, NIST-800-53-AC-3, "ISO27001-A.8.9", SOC2-CC6.1]
#   remediation: |-
#     Ask for version 2:
#
#       metadata_options {
#         http_tokens = "required"
#       }
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_instance, terraform/aws_launch_template, terraform/aws_launch_configuration]
package config.terraform.instance_metadata

import data.lib.terraform

types := {"aws_instance", "aws_launch_template", "aws_launch_configuration"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "pointer": "/change/after/metadata_options"} if {
	some position in applies
	resource := terraform.resources[position]
	some block in terraform.blocks(resource, "metadata_options")
	block.http_tokens == "optional"
	object.get(block, "http_endpoint", null) != "disabled"
	message := $"{resource.address} answers requests for credentials without a token (IMDSv1)."
}
