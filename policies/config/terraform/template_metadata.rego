# METADATA
# title: Launch templates ask for tokens
# description: >-
#   Each instance of a template takes what it says of the metadata service. Where it says nothing, image and account decide, and most
#   still answer requests without a token: one that an application can be made to send (SSRF) reads the credentials of the instance.
#   Where your accounts ask for tokens by default, set `tokens_by_default`.
# custom:
#   id: config.terraform.template_metadata
#   severity: low
#   controls: [AWS-FSBP-EC2.170, CIS-AWS-5.6, NIST-800-53-AC-3, "ISO27001-A.8.9", SOC2-CC6.1]
#   remediation: |-
#     Ask for version 2:
#
#       metadata_options {
#         http_tokens = "required"
#       }
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_launch_template]
package config.terraform.template_metadata

import data.lib.terraform

applies contains position if {
	some position, resource in terraform.resources
	resource.type == "aws_launch_template"
	not data.settings.config.terraform.tokens_by_default
}

finding contains {"message": message, "document": position, "pointer": "/change/after"} if {
	some position in applies
	terraform.leaves_out(position, "metadata_options")
	message := $"{terraform.resources[position].address} says nothing of tokens for the credentials of its instances: image and account decide."
}
