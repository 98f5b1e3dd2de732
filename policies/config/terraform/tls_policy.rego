# METADATA
# title: No outdated TLS
# description: >-
#   TLS 1.0 and 1.1 are broken, and no browser in use asks for them. The policies that still allow them are in
#   `settings.config.terraform.outdated_tls_policies`. Where a new listener names none, AWS takes
#   ELBSecurityPolicy-2016-08.
# custom:
#   id: config.terraform.tls_policy
#   severity: medium
#   controls: [AWS-FSBP-ELB.17, NIST-800-53-SC-8, "ISO27001-A.8.24", SOC2-CC6.7]
#   remediation: |-
#     Write a policy of TLS 1.2 and 1.3:
#
#       ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_lb_listener, terraform/aws_alb_listener]
package config.terraform.tls_policy

import data.lib.terraform

types := {"aws_lb_listener", "aws_alb_listener"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "pointer": "/change/after/ssl_policy"} if {
	some position in applies
	resource := terraform.resources[position]
	policy := terraform.value(resource, "ssl_policy")
	policy in data.settings.config.terraform.outdated_tls_policies
	message := $"{resource.address} still speaks TLS 1.1 or older: its policy is {policy}."
}

finding contains {"message": message, "document": position, "pointer": "/change/after/ssl_policy"} if {
	some position in applies
	resource := terraform.resources[position]
	terraform.value(resource, "protocol") in {"HTTPS", "TLS"}
	terraform.leaves_out(position, "ssl_policy")
	message := $"{resource.address} names no ssl_policy, and AWS then takes ELBSecurityPolicy-2016-08, which still speaks TLS 1.0."
}
