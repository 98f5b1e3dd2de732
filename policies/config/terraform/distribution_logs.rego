# METADATA
# title: New distributions log who asks for what
# description: >-
#   Without logs nobody can tell afterwards who fetched what through a distribution, or since when it is attacked. The older form
#   stands in the distribution, the newer is a resource of its own; one in the same plan counts. A distribution that is only
#   changed may have its logs elsewhere, and is not told.
# custom:
#   id: config.terraform.distribution_logs
#   severity: medium
#   controls: [AWS-FSBP-CloudFront.5, NIST-800-53-AU-2, "ISO27001-A.8.15", SOC2-CC7.2]
#   remediation: |-
#     Send them to a bucket:
#
#       logging_config {
#         bucket = aws_s3_bucket.logs.bucket_domain_name
#       }
#
#     Or give the distribution an `aws_cloudwatch_log_delivery_source` with `log_type = "ACCESS_LOGS"`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_cloudfront_distribution, terraform/aws_cloudwatch_log_delivery_source]
#   crosses_documents: true
package config.terraform.distribution_logs

import data.lib.documents
import data.lib.terraform

applies contains position if {
	some position, resource in terraform.resources
	resource.type == "aws_cloudfront_distribution"
}

finding contains {"message": message, "document": position, "pointer": "/change/after"} if {
	some position in applies
	documents.written[position].operation == "create"
	resource := terraform.resources[position]
	not has_log(resource)
	not delivered
	message := $"{resource.address} has no log: who asked it for what is not kept."
}

has_log(resource) if terraform.blocks(resource, "logging_config") != []

has_log(resource) if terraform.unknown(resource, "logging_config")

has_log(resource) if {
	some block in terraform.blocks(resource, "default_cache_behavior")
	block.realtime_log_config_arn != ""
}

has_log(resource) if {
	some block in terraform.listed(object.get(resource.unknown, "default_cache_behavior", null))
	block.realtime_log_config_arn == true
}

# Which distribution it is for is known after the apply only.
delivered if {
	some resource in terraform.resources
	resource.type == "aws_cloudwatch_log_delivery_source"
	terraform.value(resource, "log_type") == "ACCESS_LOGS"
}
