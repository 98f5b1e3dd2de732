# METADATA
# title: Queues are encrypted
# description: >-
#   Messages that wait in a queue are data at rest. Encryption by the queue itself costs nothing, and is on by
#   default.
# custom:
#   id: config.terraform.queue_encryption
#   severity: low
#   controls: [AWS-FSBP-SQS.1, NIST-800-53-SC-28, "ISO27001-A.8.24", SOC2-CC6.1]
#   remediation: |-
#     Write `sqs_managed_sse_enabled = true`, or name a key by `kms_master_key_id`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_sqs_queue]
package config.terraform.queue_encryption

import data.lib.terraform

types := {"aws_sqs_queue"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "pointer": "/change/after/sqs_managed_sse_enabled"} if {
	some position in applies
	resource := terraform.resources[position]
	terraform.value(resource, "sqs_managed_sse_enabled") == false
	terraform.value(resource, "kms_master_key_id") in [null, ""]
	not terraform.unknown(resource, "kms_master_key_id")
	message := $"{resource.address} switches the encryption of its messages off."
}
