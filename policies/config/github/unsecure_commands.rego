# METADATA
# title: No commands through the log
# description: >-
#   With ACTIONS_ALLOW_UNSECURE_COMMANDS a line that is printed can set variables and the search path of later steps.
#   GitHub switched that off in 2020, since whatever prints an outsider's text then runs an outsider's code.
# custom:
#   id: config.github.unsecure_commands
#   severity: high
#   controls: [OWASP-CICD-SEC-4, NIST-800-53-CM-7, "ISO27001-A.8.9"]
#   remediation: |-
#     Take the variable out. Where a script or an action needs it, write to the files instead:
#
#       echo "NAME=value" >> "$GITHUB_ENV"
#       echo "/opt/tool/bin" >> "$GITHUB_PATH"
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/action, github/workflow]
package config.github.unsecure_commands

import data.lib.workflows

applies contains position if some position, _ in workflows.files

finding contains {"message": message, "document": variable.position, "part": variable.part, "pointer": variable.pointer} if {
	some variable in workflows.variables
	upper(variable.name) == "ACTIONS_ALLOW_UNSECURE_COMMANDS"
	lower($"{variable.value}") == "true"
	message := $"The {variable.where} lets any line that is printed set the variables and the search path of later steps."
}
