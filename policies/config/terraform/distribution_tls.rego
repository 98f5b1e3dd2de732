# METADATA
# title: Distributions speak TLS 1.2 to viewers
# description: >-
#   What goes over HTTP, or over versions of TLS that are broken, can be read and changed on its way. With the default
#   certificate of CloudFront a distribution speaks TLS 1.0; it is not told, since only a domain of one's own changes
#   it.
# custom:
#   id: config.terraform.distribution_tls
#   severity: medium
#   controls: [AWS-FSBP-CloudFront.3, AWS-FSBP-CloudFront.15, NIST-800-53-SC-8, "ISO27001-A.8.24", SOC2-CC6.7]
#   remediation: |-
#     Send viewers to HTTPS in each behaviour:
#
#       viewer_protocol_policy = "redirect-to-https"
#
#     And refuse what is outdated:
#
#       minimum_protocol_version = "TLSv1.2_2021"
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_cloudfront_distribution]
package config.terraform.distribution_tls

import data.lib.terraform

types := {"aws_cloudfront_distribution"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "part": $"{field}/{index}", "pointer": $"/change/after/{field}/{index}/viewer_protocol_policy", "remediation": "Write `viewer_protocol_policy = \"redirect-to-https\"`."} if {
	some position in applies
	resource := terraform.resources[position]
	some field in ["default_cache_behavior", "ordered_cache_behavior"]
	some index, block in terraform.blocks(resource, field)
	block.viewer_protocol_policy == "allow-all"
	message := $"{resource.address} answers over HTTP ({field}): what is asked and answered can be read on its way."
}

finding contains {"message": message, "document": position, "part": "minimum_protocol_version", "pointer": "/change/after/viewer_certificate/0/minimum_protocol_version", "remediation": "Write `minimum_protocol_version = \"TLSv1.2_2021\"`."} if {
	some position in applies
	resource := terraform.resources[position]
	some block in terraform.blocks(resource, "viewer_certificate")
	object.get(block, "cloudfront_default_certificate", null) != true
	block.minimum_protocol_version in data.settings.config.terraform.outdated_viewer_protocols
	message := $"{resource.address} still speaks {block.minimum_protocol_version} to viewers."
}
