# METADATA
# title: Nobody may do everything
# description: >-
#   A policy that allows every action on every resource makes whoever steals one key the owner of the account. One that
#   allows all but some actions does the same where the rights of IAM are not among them.
# custom:
#   id: config.terraform.admin_policy
#   severity: high
#   controls: [AWS-FSBP-IAM.1, CIS-AWS-1.16, NIST-800-53-AC-6, "ISO27001-A.8.2", SOC2-CC6.3]
#   remediation: |-
#     Name what is needed, and on what:
#
#       actions   = ["s3:GetObject"]
#       resources = ["arn:aws:s3:::shop-orders/*"]
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents:
#     - terraform/aws_iam_policy
#     - terraform/aws_iam_policy_attachment
#     - terraform/aws_iam_policy_document
#     - terraform/aws_iam_role
#     - terraform/aws_iam_role_policy
#     - terraform/aws_iam_user_policy
#     - terraform/aws_iam_group_policy
#     - terraform/aws_iam_role_policy_attachment
#     - terraform/aws_iam_user_policy_attachment
#     - terraform/aws_iam_group_policy_attachment
package config.terraform.admin_policy

import data.lib.iam
import data.lib.terraform

types := {"aws_iam_policy", "aws_iam_role", "aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy"}

attachments := {"aws_iam_policy_attachment", "aws_iam_role_policy_attachment", "aws_iam_user_policy_attachment", "aws_iam_group_policy_attachment"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in (types | attachments)
}

applies contains position if some position in iam.draft_positions

finding contains {"message": message, "document": statement.position, "pointer": statement.pointer} if {
	some statement in iam.grants
	statement.principals == []
	what := everything(statement)
	message := $"{statement.address} allows {what}."
}

finding contains {"message": message, "document": given.position, "part": name, "pointer": given.pointer} if {
	some given in handed_out
	name := name_of(given.arn)
	what := data.settings.config.terraform.admin_policies[name]
	message := $"{terraform.resources[given.position].address} hands out {name}: {what}."
}

finding contains {"message": message, "document": position} if {
	some position in iam.draft_positions
	not is_object(input.context.documents[position].content)
	message := $"{input.context.documents[position].id} comes without its content: nobody knows what it allows."
}

everything(statement) := "every action on every resource" if {
	all_actions(statement)
	"*" in statement.resources
} else := $"every action on every resource but {concat(", ", sort(statement.not_resources))}" if {
	all_actions(statement)
	statement.not_resources != []
} else := $"every action but {concat(", ", sort(statement.not_actions))} on every resource" if {
	statement.not_actions != []
	"*" in statement.resources
	not keeps_iam(statement)
}

all_actions(statement) if {
	some action in statement.actions
	action in {"*", "*:*"}
}

keeps_iam(statement) if {
	some action in statement.not_actions
	action in {"*", "iam:*"}
}

handed_out := array.concat(
	[given |
		some position, resource in terraform.resources
		resource.type in attachments
		given := {"position": position, "arn": terraform.value(resource, "policy_arn"), "pointer": "/change/after/policy_arn"}
	],
	[given |
		some position, resource in terraform.resources
		resource.type == "aws_iam_role"
		some index, arn in terraform.listed(terraform.value(resource, "managed_policy_arns"))
		given := {"position": position, "arn": arn, "pointer": $"/change/after/managed_policy_arns/{index}"}
	],
)

# Of a policy that AWS keeps.
name_of(arn) := name if {
	is_string(arn)
	[_, name] := split(arn, ":aws:policy/")
}
