# METADATA
# title: Nobody gets credentials without signing in
# description: >-
#   An identity pool that knows guests gives credentials of AWS to whoever asks, from anywhere. What its role for guests may do,
#   everybody may do.
# custom:
#   id: config.terraform.guest_credentials
#   severity: high
#   controls: [AWS-FSBP-Cognito.2, NIST-800-53-AC-3, "ISO27001-A.8.3", SOC2-CC6.1]
#   remediation: |-
#     Write:
#
#       allow_unauthenticated_identities = false
#
#     If guests are meant, ask for a waiver with what their role may do.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_cognito_identity_pool]
package config.terraform.guest_credentials

import data.lib.terraform

types := {"aws_cognito_identity_pool"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "pointer": "/change/after/allow_unauthenticated_identities"} if {
	some position in applies
	resource := terraform.resources[position]
	terraform.value(resource, "allow_unauthenticated_identities") == true
	message := $"{resource.address} gives credentials to whoever asks, without a login."
}
