# METADATA
# title: Reasons for what cannot be undone
# description: >-
#   Whoever does something that takes data away, or out, says why. Whoever reads the record later cannot ask the moment.
#   Which actions, in which environments, are settings.
# custom:
#   id: access.justification
#   severity: medium
#   controls: [SOC2-CC6.3, "ISO27001-A.8.2", NIST-800-53-AC-6, NIST-800-53-AU-3]
#   remediation: |-
#     Send why, in a sentence that somebody else understands:
#
#       "justification": "SHOP-482: the customer asked for the data to be removed"
#
#     Which actions ask for it is `justified` of `policies/settings/access/data.json`.
#   waivable_by: [platform-security]
#   applies_requires: [/context/environment]
#   effective_on: "2026-01-01T00:00:00.000Z"
package access.justification

import data.lib.text

settings := data.settings.access.justified

applies if {
	input.action.name in settings.actions
	input.context.environment in settings.environments
}

finding contains {"message": message, "pointer": "/context/justification"} if {
	count(given) < settings.characters
	message := $"{input.subject.id} wants to `{input.action.name}` {input.resource.type} {input.resource.id} in {input.context.environment} and {said}."
}

given := trim_space(text.or_else(object.get(input.context, "justification", ""), ""))

said := "does not say why" if {
	given == ""
} else := $"says only “{given}”"
