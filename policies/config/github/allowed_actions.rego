# METADATA
# title: Actions from the list
# description: >-
#   Where the settings list the actions that may be used, a workflow uses no other: what is on the list somebody has looked
#   at. An entry that ends in a slash allows everything below it. As long as the list is empty, nothing is asked.
# custom:
#   id: config.github.allowed_actions
#   severity: medium
#   controls: [OWASP-CICD-SEC-8, NIST-800-53-CM-7, "ISO27001-A.5.21"]
#   remediation: |-
#     Use an action of the list, or ask for a new entry in `allowed_actions` of the settings, such as:
#
#       "allowed_actions": ["actions/", "docker/login-action"]
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/action, github/workflow]
package config.github.allowed_actions

import data.lib.workflows

applies contains position if {
	count(data.settings.config.github.allowed_actions) > 0
	some position, _ in workflows.files
}

finding contains {"message": message, "document": use.position, "part": part, "pointer": use.pointer} if {
	some use in workflows.uses
	not workflows.is_own(use.uses)
	action := workflows.action(use.uses)
	not is_allowed(action)
	part := concat("/", array.concat(use.path, [action]))
	message := $"{use.who} uses {action}, which is not on the list of actions that may be used here."
}

is_allowed(action) if {
	some entry in data.settings.config.github.allowed_actions
	startswith($"{action}/", with_slash(lower(entry)))
}

with_slash(entry) := $"{trim_right(entry, "/")}/"
