# METADATA
# title: Error budget
# description: >-
#   While a service has used up its error budget only what mends it is deployed. How much has to be left, and which kinds
#   of change go out all the same, are settings.
# custom:
#   id: deploy.error_budget
#   severity: low
#   controls: [SOC2-A1.1, SOC2-CC8.1, "ISO27001-A.8.6", NIST-800-53-CM-4]
#   remediation: |-
#     Mend what uses up the budget first. Send what is left of it, as a part of the whole:
#
#       "evidence": { "error_budget": { "remaining": 0.42 } }
#
#     How much has to be left is `error_budget` of `policies/settings/deploy/data.json`.
#   waivable_by: [release-managers]
#   applies_requires: [/context/environment]
#   requires: [/context/evidence/error_budget/remaining]
#   effective_on: "2026-01-01T00:00:00.000Z"
package deploy.error_budget

import data.lib.environments

settings := data.settings.deploy.error_budget

least := environments.setting(settings.remaining, input.context.environment)

applies if {
	least != null
	not is_exempt
}

finding contains {"message": message, "pointer": "/context/evidence/error_budget/remaining", "remediation": remediation} if {
	remaining := input.context.evidence.error_budget.remaining
	remaining < least
	message := $"{input.resource.id} has {remaining} of its error budget left; {input.context.environment} wants {least} for a change that mends nothing."
	remediation := $"Wait, or mend the service first: a change whose `context.change.kind` is one of these goes out: {concat(", ", sort(settings.exempt))}."
}

is_exempt if input.context.change.kind in settings.exempt
