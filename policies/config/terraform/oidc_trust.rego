# METADATA
# title: A role is for pipelines of your own only
# description: >-
#   GitHub, GitLab and others sign tokens for everybody who runs a pipeline there. A role that trusts such an issuer
#   without asking whose pipeline it is can be taken by whoever has an account there. The issuers are in
#   `settings.config.terraform.public_issuers`.
# custom:
#   id: config.terraform.oidc_trust
#   severity: critical
#   controls: [AWS-FSBP-IAM.1, NIST-800-53-AC-3, "ISO27001-A.8.3", SOC2-CC6.1]
#   remediation: |-
#     Ask for the repository, and best for its branch or environment:
#
#       condition {
#         test     = "StringEquals"
#         variable = "token.actions.githubusercontent.com:sub"
#         values   = ["repo:shop/orders:environment:production"]
#       }
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_iam_role, terraform/aws_iam_policy_document]
package config.terraform.oidc_trust

import data.lib.iam
import data.lib.terraform

applies contains position if {
	some position, resource in terraform.resources
	resource.type == "aws_iam_role"
}

applies contains position if some position in iam.draft_positions

finding contains {"message": message, "document": statement.position, "part": host, "pointer": statement.pointer} if {
	some statement in iam.shares
	some action in statement.actions
	iam.covers(action, "sts:assumerolewithwebidentity")
	some host, name in data.settings.config.terraform.public_issuers
	trusts(statement, host)
	not asks_whose(statement, host)
	message := $"{statement.address} lets pipelines of everybody at {name} take the role: no condition asks whose they are."
}

trusts(statement, host) if {
	some [kind, principal] in statement.principals
	kind == "Federated"
	endswith(principal, $"/{host}")
}

# Where the provider is not there yet, its name stands in the conditions.
trusts(statement, host) if {
	some condition in statement.conditions
	startswith(condition.variable, $"{host}:")
}

# The audience is the same for all.
asks_whose(statement, host) if {
	some condition in statement.conditions
	startswith(condition.variable, $"{host}:")
	condition.variable != $"{host}:aud"
	not is_anybody(condition)
}

is_anybody(condition) if {
	some value in condition.values
	value in {"*", "repo:*", "repo:*/*", "repo:*/*:*", "project_path:*"}
}
