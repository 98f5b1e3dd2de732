# METADATA
# title: Changes in working hours
# description: >-
#   A person who changes something in an environment that matters does it in working hours, or is on call. A change at three
#   in the morning by somebody else is often not by who it seems. Hours, in UTC, and roles that may at any time are settings.
# custom:
#   id: access.working_hours
#   severity: low
#   controls: [SOC2-CC6.1, "ISO27001-A.8.2", NIST-800-53-AC-2]
#   remediation: |-
#     Do it in working hours, or ask who is on call. The hours are `working_hours` of `policies/settings/access/data.json`,
#     in UTC:
#
#       "production": { "days": ["mon", "tue", "wed", "thu", "fri"], "from": "06:00", "to": "18:00", "exempt_roles": ["on-call"] }
#   waivable_by: [platform-security]
#   applies_requires: [/context/environment, /action/name, /subject/type]
#   effective_on: "2026-01-01T00:00:00.000Z"
package access.working_hours

import data.lib.actions
import data.lib.environments
import data.lib.instants

applies if {
	actions.changed_by_person
	hours != null
}

finding contains {"message": message} if {
	not instants.is_in_hours(hours, input.now)
	not is_exempt
	message := $"{input.subject.id} asks for `{input.action.name}` in {input.context.environment} on {instants.weekday(input.now)} {instants.clock(input.now)} UTC, outside of {concat(", ", hours.days)} from {hours.from} to {hours.to}."
}

hours := environments.setting(data.settings.access.working_hours, input.context.environment)

is_exempt if {
	some role in input.subject.properties.roles
	role in hours.exempt_roles
}
