# METADATA
# title: Keys are rotated
# description: >-
#   AWS makes new key material every year and keeps the old for what it encrypted, without a change of the key. The first
#   two rotations add to the price of the key, later ones do not. Asymmetric and HMAC keys cannot be rotated so.
# custom:
#   id: config.terraform.key_rotation
#   severity: medium
#   controls: [AWS-FSBP-KMS.4, CIS-AWS-3.6, NIST-800-53-SC-12, "ISO27001-A.8.24", SOC2-CC6.1]
#   remediation: |-
#     Write `enable_key_rotation = true`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_kms_key]
package config.terraform.key_rotation

import data.lib.terraform

types := {"aws_kms_key"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "pointer": "/change/after/enable_key_rotation"} if {
	some position in applies
	resource := terraform.resources[position]
	terraform.off(resource, "enable_key_rotation")
	is_symmetric(resource)
	message := $"{resource.address} keeps the same key material for ever: its rotation is off."
}

is_symmetric(resource) if {
	terraform.value(resource, "customer_master_key_spec") in [null, "SYMMETRIC_DEFAULT"]
	terraform.value(resource, "key_usage") in [null, "ENCRYPT_DECRYPT"]
}
