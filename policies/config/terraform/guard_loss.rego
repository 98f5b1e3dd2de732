# METADATA
# title: What guards the account is not switched off by the way
# description: >-
#   Who breaks in ends first what would tell of it: the trail, the detector, the recorder. A plan that does the same has to be
#   meant, and seen by somebody else. What counts is in `settings.config.terraform.guards`.
# custom:
#   id: config.terraform.guard_loss
#   severity: high
#   controls: [AWS-FSBP-CloudTrail.1, AWS-FSBP-Config.1, AWS-FSBP-EC2.7, AWS-FSBP-GuardDuty.1, AWS-FSBP-S3.1, CIS-AWS-1.20, CIS-AWS-3.1, CIS-AWS-3.3, NIST-800-53-AU-9, NIST-800-53-SI-4, "ISO27001-A.8.15", "ISO27001-A.8.16", SOC2-CC7.2]
#   remediation: |-
#     Leave it on. If only its place in the code has changed, or the organisation takes it over, say so, and nothing is deleted:
#
#       removed {
#         from = aws_cloudtrail.main
#
#         lifecycle {
#           destroy = false
#         }
#       }
#
#     If it is meant, ask for a waiver.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents:
#     - terraform/aws_accessanalyzer_analyzer
#     - terraform/aws_cloudtrail
#     - terraform/aws_config_configuration_recorder
#     - terraform/aws_config_configuration_recorder_status
#     - terraform/aws_ebs_encryption_by_default
#     - terraform/aws_guardduty_detector
#     - terraform/aws_inspector2_enabler
#     - terraform/aws_macie2_account
#     - terraform/aws_s3_account_public_access_block
#     - terraform/aws_securityhub_account
package config.terraform.guard_loss

import data.lib.terraform

applies contains position if {
	some position, document in input.context.documents
	data.settings.config.terraform.guards[document.type]
	is_deleted(document)
}

applies contains position if {
	some position, _ in terraform.resources
	data.settings.config.terraform.guards[input.context.documents[position].type]
}

finding contains {"message": message, "document": position, "pointer": "/change/actions", "remediation": left_on(document.id)} if {
	some position in applies
	document := input.context.documents[position]
	is_deleted(document)
	guard := data.settings.config.terraform.guards[document.type]
	message := $"{document.id} will be deleted, and with it {guard.name}: {guard.loss}."
}

finding contains {"message": message, "document": position, "part": guard.switch, "pointer": $"/change/after/{guard.switch}", "remediation": $"Write `{guard.switch} = true`."} if {
	some position in applies
	resource := terraform.resources[position]
	guard := data.settings.config.terraform.guards[input.context.documents[position].type]
	terraform.value(resource, guard.switch) == false
	message := $"{resource.address} switches {guard.name} off: {guard.loss}."
}

left_on(address) := concat("\n", [
	"Leave it on. If only its place in the code has changed, or the organisation takes it over, say so, and nothing is deleted:",
	"",
	"  removed {",
	$"    from = {address}",
	"",
	"    lifecycle {",
	"      destroy = false",
	"    }",
	"  }",
	"",
	"If it is meant, ask for a waiver.",
])

is_deleted(document) if document.operation == "delete"

is_deleted(document) if document.content.change.actions == ["delete"]
