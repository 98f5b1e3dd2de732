# METADATA
# title: Nobody may do everything in a service
# description: >-
#   Every action of a service on every resource, or one action that reads every secret, makes whoever steals one key the owner
#   of all that the service holds. Which actions are told one by one is in `settings.config.terraform.wide_actions`, which
#   services are spared in `unbounded_services`.
# custom:
#   id: config.terraform.service_wildcards
#   severity: medium
#   controls: [AWS-FSBP-IAM.21, AWS-FSBP-KMS.1, NIST-800-53-AC-6, "ISO27001-A.8.2", SOC2-CC6.3]
#   remediation: |-
#     Name what is done, and to what:
#
#       actions   = ["s3:GetObject", "s3:PutObject"]
#       resources = ["arn:aws:s3:::shop-receipts/*"]
#
#     Where the resources are not known beforehand, a condition on their tags bounds them:
#
#       condition {
#         test     = "StringEquals"
#         variable = "aws:ResourceTag/service"
#         values   = ["checkout"]
#       }
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents:
#     - terraform/aws_iam_policy
#     - terraform/aws_iam_policy_document
#     - terraform/aws_iam_role
#     - terraform/aws_iam_role_policy
#     - terraform/aws_iam_user_policy
#     - terraform/aws_iam_group_policy
package config.terraform.service_wildcards

import data.lib.iam
import data.lib.terraform

types := {"aws_iam_policy", "aws_iam_role", "aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

applies contains position if some position in iam.draft_positions

unbounded := [statement |
	some statement in iam.grants
	statement.principals == []
	"*" in statement.resources
	not iam.is_bound(statement)
]

finding contains {"message": message, "document": statement.position, "part": concat(", ", services), "pointer": statement.pointer} if {
	some statement in unbounded
	services := sort(whole(statement))
	services != []
	message := $"{statement.address} allows every action of {concat(", ", services)} on every resource."
}

finding contains {"message": message, "document": statement.position, "part": told, "pointer": statement.pointer} if {
	some statement in unbounded
	some danger in dangers
	told := concat(", ", sort(leading(statement, danger)))
	told != ""
	message := $"{statement.address} allows {told} on every resource: whoever has it can {danger}."
}

dangers contains danger if some danger in data.settings.config.terraform.wide_actions

# The actions that a statement allows one by one, and that lead to the same.
leading(statement, danger) := {action |
	some action, leads_to in data.settings.config.terraform.wide_actions
	leads_to == danger
	some written in statement.actions
	not endswith(written, ":*")
	not startswith(written, "*")
	iam.covers(written, lower(action))
}

# Those of IAM and STS are told by another rule, as is a wildcard for all services.
whole(statement) := [service |
	some written in statement.actions
	endswith(written, ":*")
	service := trim_suffix(written, ":*")
	not service in {"*", "iam", "sts"}
	not service in data.settings.config.terraform.unbounded_services
]
