# METADATA
# title: Deploys in the hours when people are there
# description: >-
#   What changes an environment that matters does so in hours when somebody can mend what breaks. The weekly hours of each
#   environment are settings, in UTC, and so are the kinds of change that may come at any time.
# custom:
#   id: deploy.change_window
#   severity: low
#   controls: [SOC2-CC8.1, "ISO27001-A.8.32", NIST-800-53-CM-3]
#   remediation: |-
#     Deploy in the hours of the environment. They are `change_hours` of `policies/settings/deploy/data.json`, in UTC:
#
#       "production": {
#         "days": ["mon", "tue", "wed", "thu"],
#         "from": "07:00",
#         "to": "15:00",
#         "lets_through": ["emergency", "rollback"]
#       }
#   waivable_by: [release-managers]
#   applies_requires: [/context/environment]
#   effective_on: "2026-01-01T00:00:00.000Z"
package deploy.change_window

import data.lib.environments
import data.lib.instants

applies if hours != null

finding contains {"message": message, "remediation": remediation} if {
	not instants.is_in_hours(hours, input.now)
	not is_let_through
	message := $"{input.resource.id} is not deployed to {input.context.environment} at this time: it is {instants.weekday(input.now)} {instants.clock(input.now)} UTC, and its hours are {said}."
	remediation := $"Deploy in these hours: {said}. {exception}"
}

hours := environments.setting(data.settings.deploy.change_hours, input.context.environment)

is_let_through if input.context.change.kind in hours.lets_through

said := $"{concat(", ", hours.days)} from {hours.from} to {hours.to} UTC"

exception := $"A change whose `context.change.kind` is one of these goes through at any time: {concat(", ", sort(hours.lets_through))}." if {
	count(hours.lets_through) > 0
} else := "No kind of change goes through at another time."
