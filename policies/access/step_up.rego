# METADATA
# title: Strong sign-in for changes
# description: >-
#   Whoever changes something in an environment that matters signed in with something that cannot be phished or read off
#   a screen. Reading needs none of it, and neither do machines. Which sign-ins are strong is a setting by environment.
# custom:
#   id: access.step_up
#   severity: high
#   controls: [SOC2-CC6.1, "ISO27001-A.8.5", NIST-800-53-IA-2]
#   remediation: |-
#     Sign in again with a security key or a passkey, and send how, as the identity provider says it:
#
#       "session": { "strength": "hardware_key" }
#
#     Which ones count is `strong_sessions` of `policies/settings/access/data.json`.
#   waivable_by: [platform-security]
#   applies_requires: [/context/environment]
#   requires: [/context/session/strength]
#   effective_on: "2026-01-01T00:00:00.000Z"
package access.step_up

import data.lib.actions
import data.lib.environments

applies if {
	actions.changed_by_person
	strong != null
}

finding contains {"message": message, "pointer": "/context/session/strength", "remediation": remediation} if {
	not strength in strong
	message := $"{input.subject.id} signed in with {strength}; `{input.action.name}` in {input.context.environment} takes a stronger sign-in."
	remediation := $"Sign in again with one of these, then ask again: {concat(", ", sort(strong))}."
}

strength := input.context.session.strength

strong := environments.setting(data.settings.access.strong_sessions, input.context.environment)
