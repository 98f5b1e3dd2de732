# METADATA
# title: A bot is known by who opened the pull request
# description: >-
#   `github.actor` is whoever caused the latest event. An outsider can make a bot push to a branch of theirs or act on
#   their pull request, and a workflow with secrets then takes the outsider for the bot. Who opened a pull request does
#   not change.
# custom:
#   id: config.github.bot_conditions
#   severity: medium
#   controls: [OWASP-CICD-SEC-2, NIST-800-53-IA-2, "ISO27001-A.5.16"]
#   remediation: |-
#     Ask who opened the pull request:
#
#       if: github.event.pull_request.user.login == 'dependabot[bot]'
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/workflow]
package config.github.bot_conditions

import data.lib.workflows

applies contains position if some position, _ in workflows.workflows

finding contains {"message": message, "document": place.position, "part": part, "pointer": $"{place.pointer}/if"} if {
	some place in workflows.places
	workflows.triggers[place.position] & {"pull_request_target", "workflow_run"} != set()
	is_string(place.spec["if"])
	condition := workflows.plain(place.spec["if"])
	some actor in ["github.actor", "github.triggering_actor"]
	asks_for_bot(condition, actor)
	not contains(condition, "github.event.pull_request.user.login==")
	part := concat("/", place.path)
	message := $"The {place.where} runs where `{actor}` is a bot. That is whoever caused the latest event: an outsider can make a bot act on a proposal of theirs, and has the rights of this repository then."
}

asks_for_bot(condition, actor) if {
	some at, piece in split(condition, $"{actor}=='")
	at > 0
	endswith(split(piece, "'")[0], "[bot]")
}
