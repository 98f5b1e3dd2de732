# METADATA
# title: Actions that somebody looks after
# description: >-
#   Nobody mends an action whose repository is archived: not when a hole is found, and not when the machine that it runs on
#   changes. Which they are is in the settings, with what to use instead.
# custom:
#   id: config.github.archived_actions
#   severity: low
#   controls: [OWASP-CICD-SEC-3, NIST-800-53-SA-22, "ISO27001-A.8.8"]
#   remediation: |-
#     Use what took its place, such as the command of GitHub that every machine of theirs has:
#
#       run: gh release create "$GITHUB_REF_NAME"
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/action, github/workflow]
package config.github.archived_actions

import data.lib.workflows

applies contains position if some position, _ in workflows.files

finding contains {"message": message, "document": use.position, "part": part, "pointer": use.pointer, "remediation": remediation} if {
	some use in workflows.uses
	action := workflows.action(use.uses)
	instead := data.settings.config.github.archived_actions[action]
	part := concat("/", array.concat(use.path, [action]))
	message := $"{use.who} uses {use.uses}, which is archived: nobody mends it any more."
	remediation := $"Use {instead} instead."
}
