# METADATA
# title: Conditions that can be false
# description: >-
#   The `if` of a job or step is one expression. Where `${{ }}` is only a part of a longer text, GitHub makes a text of the
#   whole, and a text that is not empty is true: the job or step always runs, whatever the condition says. A line break
#   behind it, as `|` leaves one, is enough.
# custom:
#   id: config.github.constant_conditions
#   severity: high
#   controls: [NIST-800-53-SI-10, "ISO27001-A.8.28"]
#   remediation: |-
#     Write the whole condition as one expression, without `${{ }}`; over several lines with `>-`:
#
#       if: >-
#         github.ref == 'refs/heads/main' &&
#         github.event_name == 'push'
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/action, github/workflow]
package config.github.constant_conditions

import data.lib.workflows

applies contains position if some position, _ in workflows.files

finding contains {"message": message, "document": place.position, "part": part, "pointer": $"{place.pointer}/if"} if {
	some place in workflows.places
	place.where != "workflow"
	condition := place.spec["if"]
	why := reason(condition)
	part := concat("/", place.path)
	message := $"The {place.where} always runs: {why}, so its condition is a text, and a text is true."
}

reason(condition) := "a line break follows `}}`" if {
	is_one(trim_space(condition))
	not is_one(condition)
} else := "`${{ }}` is only a part of what stands behind `if`" if {
	contains(condition, "${{")
	not is_one(condition)
}

# Nothing but one expression.
is_one(condition) if {
	startswith(condition, "${{")
	endswith(condition, "}}")
	strings.count(condition, "${{") == 1
}
