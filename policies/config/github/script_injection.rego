# METADATA
# title: No outsider's text in a script
# description: >-
#   GitHub writes the value of an expression into a script before it runs. Where an outsider chooses the value, such as
#   the title of an issue, the outsider writes the script. What only insiders choose is not meant.
# custom:
#   id: config.github.script_injection
#   severity: critical
#   controls: [OWASP-CICD-SEC-4, NIST-800-53-SI-10, "ISO27001-A.8.28"]
#   remediation: |-
#     Hand the text to the script as an environment variable, and quote it there:
#
#       env:
#         TITLE: ${{ github.event.issue.title }}
#       run: echo "$TITLE"
#
#     The script of an action reads it as `process.env.TITLE`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/action, github/workflow]
package config.github.script_injection

import data.lib.outsiders
import data.lib.proposals
import data.lib.workflows

applies contains position if some position, _ in workflows.files

finding contains {"message": message, "document": step.position, "part": part, "pointer": script.pointer, "remediation": remediation} if {
	some script in scripts
	step := script.step
	some expression in workflows.expressions(script.text)
	some context in array.flatten([direct[expression], outsiders.by_variable(expression, step), proposals.chosen(expression, step)])
	not is_of_insiders(context, step)
	part := concat("/", array.concat(step.path, [context]))
	message := $"The {step.where} writes `{context}` into a script. {outsiders.author(context)} chooses that text, and it would run as code."
	remediation := fix(context, script)
}

# Where only the project's own people cause an event, nobody else has written any of it.
is_of_insiders(_, step) if {
	count(workflows.triggers[step.position]) > 0
	every event in workflows.triggers[step.position] {
		event in data.settings.config.github.insider_events
	}
}

# A branch of this repository is named by whoever may push to it. What a bot writes below a title it copies from others.
is_of_insiders(context, step) if {
	strings.any_prefix_match(context, ["github.event.pull_request.head.", "github.event.pull_request.title", "github.head_ref"])
	outsiders.is_own_proposal(step)
}

# Looked for once in each expression, however many steps use it.
direct[expression] := outsiders.contexts(expression) if some expression in used

used contains expression if {
	some script in scripts
	some expression in workflows.expressions(script.text)
}

# What a step runs: a shell script, or a script that it hands to an action. `reads` and `quotes` say how a variable is read there.
scripts := array.concat(
	[script |
		some step in workflows.all_steps
		script := {"step": step, "text": step.spec.run, "pointer": $"{step.pointer}/run", "reads": "$", "quotes": "in double quotes"}
	],
	[script |
		some step in workflows.all_steps
		action := workflows.action(step.spec.uses)
		some name in data.settings.config.github.script_inputs[action]
		script := object.union({"step": step, "text": step.spec.with[name], "pointer": $"{step.pointer}/with/{name}"}, reading(action))
	],
)

# How a script reads a variable: in JavaScript, or in a shell.
reading(action) := {"reads": "process.env.", "quotes": "without quotes"} if {
	action == "actions/github-script"
} else := {"reads": "$", "quotes": "in double quotes"}

fix(context, script) := concat("", [
	"Hand it to the script as an environment variable:\n\n  env:\n    ",
	variable(context),
	": ${{ ",
	context,
	" }}\n\n",
	$"and write `{script.reads}{variable(context)}`, {script.quotes}, where the expression stands now.",
])

variable(context) := upper(last) if {
	steps := split(context, ".")
	last := steps[count(steps) - 1]
}
