# METADATA
# title: Nobody makes himself an administrator
# description: >-
#   Some rights lead to all others: to pass any role to a machine, to rewrite a policy, to make a key for another user.
#   They are harmless on named resources only. Which they are is in `settings.config.terraform.escalating_actions`.
# custom:
#   id: config.terraform.iam_escalation
#   severity: high
#   controls: [AWS-FSBP-IAM.1, CIS-AWS-1.16, NIST-800-53-AC-6, "ISO27001-A.8.2", SOC2-CC6.3]
#   remediation: |-
#     Name what may be passed or changed:
#
#       actions   = ["iam:PassRole"]
#       resources = ["arn:aws:iam::111122223333:role/orders-task"]
#
#     A condition such as `iam:PassedToService` bounds it further.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents:
#     - terraform/aws_iam_policy
#     - terraform/aws_iam_policy_document
#     - terraform/aws_iam_role
#     - terraform/aws_iam_role_policy
#     - terraform/aws_iam_user_policy
#     - terraform/aws_iam_group_policy
package config.terraform.iam_escalation

import data.lib.iam
import data.lib.terraform

types := {"aws_iam_policy", "aws_iam_role", "aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

applies contains position if some position in iam.draft_positions

finding contains {"message": message, "document": statement.position, "pointer": statement.pointer} if {
	some statement in iam.grants
	statement.principals == []
	statement.conditions == []
	"*" in statement.resources
	leading := escalating(statement)
	leading != []
	message := $"{statement.address} lets whoever has it become administrator: it allows {shown(leading)} on every resource."
}

# All actions at once are told by another rule.
escalating(statement) := sort([action |
	some action in data.settings.config.terraform.escalating_actions
	some written in statement.actions
	not startswith(written, "*")
	iam.covers(written, lower(action))
])

shown(names) := concat(", ", names) if {
	count(names) <= 3
} else := $"{concat(", ", array.slice(names, 0, 3))} and {count(names) - 3} more"
