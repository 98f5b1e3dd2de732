# METADATA
# title: Buckets stay closed to the public
# description: >-
#   The public access block is the last line where an ACL or a policy is wrong. Each of its four switches that is
#   off lets one kind of mistake open a bucket to the whole internet.
# custom:
#   id: config.terraform.bucket_public_access
#   severity: high
#   controls: [AWS-FSBP-S3.1, AWS-FSBP-S3.8, CIS-AWS-2.1.4, NIST-800-53-AC-3, "ISO27001-A.8.3", SOC2-CC6.1]
#   remediation: |-
#     Switch all four on:
#
#       block_public_acls       = true
#       block_public_policy     = true
#       ignore_public_acls      = true
#       restrict_public_buckets = true
#
#     For a public website, put CloudFront in front of a closed bucket.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_s3_bucket_public_access_block, terraform/aws_s3_account_public_access_block]
package config.terraform.bucket_public_access

import data.lib.terraform

types := {"aws_s3_bucket_public_access_block", "aws_s3_account_public_access_block"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

switches := ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"]

finding contains {"message": message, "document": position, "part": name, "pointer": $"/change/after/{name}", "remediation": $"Write `{name} = true`."} if {
	some position in applies
	resource := terraform.resources[position]
	some name in switches
	terraform.off(resource, name)
	message := $"{resource.address} leaves {name} off: one wrong ACL or policy opens the bucket to the internet."
}
