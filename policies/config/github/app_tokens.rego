# METADATA
# title: A token of an app is for one purpose
# description: >-
#   `actions/create-github-app-token` gives all rights of the app unless the step names them, and with an owner but no
#   repositories they hold in every repository where the app is installed. Whatever later runs in the job may use them.
# custom:
#   id: config.github.app_tokens
#   severity: medium
#   controls: [OWASP-CICD-SEC-5, NIST-800-53-AC-6, "ISO27001-A.8.2", SOC2-CC6.3]
#   remediation: |-
#     Name what the job needs, and where:
#
#       with:
#         repositories: catalog
#         permission-contents: read
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/action, github/workflow]
package config.github.app_tokens

import data.lib.text
import data.lib.workflows

applies contains position if some position, _ in workflows.files

finding contains {"message": message, "document": step.position, "part": part, "pointer": $"{step.pointer}/with"} if {
	some step in workflows.all_steps
	workflows.action(step.spec.uses) == "actions/create-github-app-token"
	is_object(step.spec.with)
	excess := [text |
		some text in [rights(step.spec.with), places(step.spec.with)]
		text != ""
	]
	count(excess) > 0
	part := concat("/", step.path)
	message := $"The {step.where} asks for a token {concat(" ", excess)}. Whatever else runs in the job may use it."
}

rights(given) := "with every right of the app" if {
	not strings.any_prefix_match(object.keys(given), "permission-")
} else := ""

places(given) := $"for every repository of {owner(given.owner)} that the app is installed in" if {
	"owner" in object.keys(given)
	not "repositories" in object.keys(given)
} else := ""

owner(name) := "its owner" if {
	contains(name, "${{")
} else := text.or_else(name, "its owner")
