# METADATA
# title: Release freeze
# description: >-
#   While a freeze is on, nothing is deployed to the environments and services that it names. A freeze may let some kinds
#   of change through, such as an emergency fix. Freezes are settings; the shipped ones are none.
# custom:
#   id: deploy.freeze_window
#   severity: medium
#   controls: [SOC2-CC8.1, "ISO27001-A.8.32", NIST-800-53-CM-3]
#   remediation: |-
#     Wait until the freeze is over; its end is in the message. A freeze is an entry of `freezes` in
#     `policies/settings/deploy/data.json`. Half open, `*` is every environment or service:
#
#       "turn_of_the_year": {
#         "environments": ["production"],
#         "services": ["*"],
#         "opens": "2026-12-22T00:00:00Z",
#         "closes": "2027-01-03T00:00:00Z",
#         "lets_through": ["emergency"],
#         "why": "few people are there to mend what breaks"
#       }
#   waivable_by: [release-managers]
#   applies_requires: [/context/environment]
#   effective_on: "2026-01-01T00:00:00.000Z"
package deploy.freeze_window

import data.lib.instants

applies if count(covering) > 0

finding contains {"message": message, "part": name, "remediation": remediation} if {
	some name, freeze in covering
	instants.is_within(freeze, input.now)
	not is_let_through(freeze)
	message := $"{input.resource.id} is frozen in {input.context.environment} until {freeze.closes}: {freeze.why}."
	remediation := $"Deploy after {freeze.closes}. {exception(freeze)}"
}

# The freezes that name this service in this environment, whether they are on or not.
covering[name] := freeze if {
	some name, freeze in data.settings.deploy.freezes
	names(freeze.environments, input.context.environment)
	names(freeze.services, input.resource.id)
}

names(values, value) if some name in ({"*", value} & {entry | some entry in values})

is_let_through(freeze) if input.context.change.kind in freeze.lets_through

exception(freeze) := $"A change whose `context.change.kind` is one of these goes through: {concat(", ", sort(freeze.lets_through))}." if {
	count(freeze.lets_through) > 0
} else := "No kind of change goes through before."
