# METADATA
# title: New networks log their flows
# description: >-
#   What talked to what is the first question after a break-in, and flow logs are the only ones who can answer it for a whole network.
#   A flow log in the same plan counts, for whichever network it is. A network that is only changed may have its log elsewhere, and is not
#   told.
# custom:
#   id: config.terraform.flow_logs
#   severity: medium
#   controls: [AWS-FSBP-EC2.6, CIS-AWS-3.7, NIST-800-53-AU-12, "ISO27001-A.8.15", SOC2-CC7.2]
#   remediation: |-
#     Give the network a log:
#
#       resource "aws_flow_log" "main" {
#         vpc_id               = aws_vpc.main.id
#         traffic_type         = "ALL"
#         log_destination_type = "s3"
#         log_destination      = aws_s3_bucket.flow_logs.arn
#       }
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_vpc, terraform/aws_flow_log]
#   crosses_documents: true
package config.terraform.flow_logs

import data.lib.documents
import data.lib.terraform

applies contains position if {
	some position, resource in terraform.resources
	resource.type == "aws_vpc"
}

finding contains {"message": message, "document": position, "pointer": "/change/after"} if {
	some position in applies
	documents.written[position].operation == "create"
	not logged
	message := $"{terraform.resources[position].address} logs no flows: after a break-in nobody can tell what talked to what."
}

# The network of a log is known after the apply only. A log that stays as it is counts, too.
logged if {
	some document in input.context.documents
	document.type == "terraform/aws_flow_log"
	document.operation != "delete"
}
