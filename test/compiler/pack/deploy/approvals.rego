# METADATA
# title: Approvals by others
# description: A change needs two approvals by people other than its author.
# custom:
#   id: deploy.approvals
#   severity: high
#   controls: [SOC2-CC8.1]
#   remediation: Ask somebody else to approve the change.
#   waivable_by: [platform]
#   applies_requires: [/context/environment]
#   requires: [/context/change/author]
#   effective_on: "2026-01-01T00:00:00.000Z"
package deploy.approvals

import data.lib.people

applies if input.context.environment in data.settings.deploy.approvals.environments

finding contains {"message": message} if {
	missing := data.settings.deploy.approvals.required - count(people.others)
	missing > 0
	message := $"{missing} approvals are missing"
}
