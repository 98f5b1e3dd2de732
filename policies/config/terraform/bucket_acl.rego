# METADATA
# title: No bucket is public by its ACL
# description: >-
#   A canned ACL such as `public-read`, or a grant to `AllUsers`, lets everybody list what is in a bucket, or put something
#   there. AWS advises to use no ACLs at all.
# custom:
#   id: config.terraform.bucket_acl
#   severity: high
#   controls: [AWS-FSBP-S3.2, AWS-FSBP-S3.3, NIST-800-53-AC-3, "ISO27001-A.8.3", SOC2-CC6.1]
#   remediation: |-
#     Write `acl = "private"`, or leave ACLs out and own every object:
#
#       rule {
#         object_ownership = "BucketOwnerEnforced"
#       }
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_s3_bucket, terraform/aws_s3_bucket_acl]
package config.terraform.bucket_acl

import data.lib.terraform

types := {"aws_s3_bucket", "aws_s3_bucket_acl"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "pointer": "/change/after/acl"} if {
	some position in applies
	resource := terraform.resources[position]
	acl := terraform.value(resource, "acl")
	acl in {"public-read", "public-read-write", "authenticated-read"}
	message := $"{resource.address} has the ACL {acl}: people outside of this account may use the bucket."
}

finding contains {"message": message, "document": given.position, "part": group, "pointer": given.pointer} if {
	some given in grants
	some group in ["AllUsers", "AuthenticatedUsers"]
	endswith(given.uri, $"/groups/global/{group}")
	message := $"{terraform.resources[given.position].address} grants rights to {group}: people outside of this account may use the bucket."
}

grants := array.concat(
	[given |
		some position in applies
		some index, grant in terraform.blocks(terraform.resources[position], "grant")
		given := {"position": position, "uri": grant.uri, "pointer": $"/change/after/grant/{index}"}
	],
	[given |
		some position in applies
		some at, policy in terraform.blocks(terraform.resources[position], "access_control_policy")
		some index, grant in terraform.listed(object.get(policy, "grant", null))
		some grantee in terraform.listed(object.get(grant, "grantee", null))
		given := {"position": position, "uri": grantee.uri, "pointer": $"/change/after/access_control_policy/{at}/grant/{index}"}
	],
)
