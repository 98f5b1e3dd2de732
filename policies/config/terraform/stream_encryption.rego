# METADATA
# title: Streams are encrypted
# description: >-
#   What flows through a stream lies on disks for a day or more, and on its way passes a network. Kinesis encrypts at rest where it is
#   told to; Kafka takes plain text where it is told to.
# custom:
#   id: config.terraform.stream_encryption
#   severity: medium
#   controls: [AWS-FSBP-Kinesis.1, AWS-FSBP-MSK.1, NIST-800-53-SC-8, NIST-800-53-SC-28, "ISO27001-A.8.24", SOC2-CC6.7]
#   remediation: |-
#     For a stream of Kinesis:
#
#       encryption_type = "KMS"
#       kms_key_id      = "alias/aws/kinesis"
#
#     For Kafka:
#
#       encryption_info {
#         encryption_in_transit {
#           client_broker = "TLS"
#           in_cluster    = true
#         }
#       }
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_kinesis_stream, terraform/aws_msk_cluster]
package config.terraform.stream_encryption

import data.lib.terraform

types := {"aws_kinesis_stream", "aws_msk_cluster"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "part": "encryption_type", "pointer": "/change/after/encryption_type", "remediation": "Write `encryption_type = \"KMS\"` and `kms_key_id = \"alias/aws/kinesis\"`."} if {
	some position in applies
	resource := terraform.resources[position]
	resource.type == "aws_kinesis_stream"
	terraform.value(resource, "encryption_type") in [null, "NONE"]
	not terraform.unknown(resource, "encryption_type")
	message := $"{resource.address} is not encrypted at rest."
}

finding contains {"message": message, "document": transit.position, "part": "client_broker", "pointer": $"{transit.pointer}/client_broker", "remediation": "Write `client_broker = \"TLS\"`."} if {
	some transit in in_transit
	transit.settings.client_broker in {"PLAINTEXT", "TLS_PLAINTEXT"}
	message := $"{transit.address} takes messages in plain text ({transit.settings.client_broker}): they can be read on their way."
}

finding contains {"message": message, "document": transit.position, "part": "in_cluster", "pointer": $"{transit.pointer}/in_cluster", "remediation": "Write `in_cluster = true`."} if {
	some transit in in_transit
	transit.settings.in_cluster == false
	message := $"{transit.address} sends messages between its brokers in plain text."
}

in_transit := [transit |
	some position in applies
	resource := terraform.resources[position]
	some outer, block in terraform.blocks(resource, "encryption_info")
	some inner, settings in terraform.listed(object.get(block, "encryption_in_transit", null))
	transit := {"position": position, "address": resource.address, "settings": settings, "pointer": $"/change/after/encryption_info/{outer}/encryption_in_transit/{inner}"}
]
