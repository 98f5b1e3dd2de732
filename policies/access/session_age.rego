# METADATA
# title: Sessions of today
# description: >-
#   Whoever changes something in an environment that matters signed in not long ago. An old session may be somebody
#   else's by now: a laptop left open, a token that was copied. How old it may be is a setting by environment.
# custom:
#   id: access.session_age
#   severity: medium
#   controls: [SOC2-CC6.1, "ISO27001-A.8.5", NIST-800-53-AC-12, NIST-800-53-IA-11]
#   remediation: |-
#     Sign in again, and send when that was:
#
#       "session": { "started_at": "2026-03-01T09:30:00Z" }
#
#     The bound is `session_minutes` of `policies/settings/access/data.json`.
#   waivable_by: [platform-security]
#   applies_requires: [/context/environment]
#   requires: [/context/session/started_at]
#   effective_on: "2026-01-01T00:00:00.000Z"
package access.session_age

import data.lib.actions
import data.lib.environments
import data.lib.instants

applies if {
	actions.changed_by_person
	most != null
}

finding contains {"message": message, "pointer": "/context/session/started_at"} if {
	not is_recent
	message := $"{input.subject.id} signed in at {started}; `{input.action.name}` in {input.context.environment} takes a session of at most {most} minutes."
}

started := input.context.session.started_at

most := environments.setting(data.settings.access.session_minutes, input.context.environment)

is_recent if instants.is_recent(started, input.now, most)
