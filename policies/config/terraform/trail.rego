# METADATA
# title: The record of who did what is whole
# description: >-
#   CloudTrail is what an investigation starts from. It sees every region, and proves that its files were not
#   changed, only where both are switched on. That it is on at all is another rule.
# custom:
#   id: config.terraform.trail
#   severity: medium
#   controls: [AWS-FSBP-CloudTrail.1, AWS-FSBP-CloudTrail.4, CIS-AWS-3.1, CIS-AWS-3.2, NIST-800-53-AU-2, "ISO27001-A.8.15", SOC2-CC7.2]
#   remediation: |-
#     Switch both on:
#
#       is_multi_region_trail      = true
#       enable_log_file_validation = true
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_cloudtrail]
package config.terraform.trail

import data.lib.terraform

types := {"aws_cloudtrail"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

switches := {
	"enable_log_file_validation": "nobody can tell whether its files were changed",
	"is_multi_region_trail": "what happens in other regions is not recorded",
}

finding contains {"message": message, "document": position, "part": name, "pointer": $"/change/after/{name}", "remediation": $"Write `{name} = true`."} if {
	some position in applies
	resource := terraform.resources[position]
	some name, consequence in switches
	terraform.value(resource, name) == false
	message := $"{resource.address} has {name} off: {consequence}."
}
