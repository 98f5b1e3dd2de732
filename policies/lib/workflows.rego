# METADATA
# title: GitHub workflows
# description: The steps of every job of a workflow, and the expressions in a text of one.
package lib.workflows

import data.lib.documents
import data.lib.text

# By position.
workflows[position] := document.content if {
	some position, document in documents.written
	document.type == "github/workflow"
}

steps := [step |
	some position, workflow in workflows
	some job, definition in workflow.jobs
	some index, spec in definition.steps
	step := {
		"position": position,
		"job": job,
		"label": label(spec),
		"pointer": $"/jobs/{text.step(job)}/steps/{index}",
		"spec": spec,
	}
]

# What people call a step: its id, its name, the action that it uses, or what GitHub shows in place of a name. Its number
# changes with every edit.
label(spec) := first if {
	named := [name | some key in ["id", "name", "uses"]; name := text.or_else(spec[key], ""); name != ""]
	first := named[0]
} else := $"Run {substring(line, 0, 60)}" if {
	line := split(trim_space(text.or_else(spec.run, "")), "\n")[0]
	line != ""
} else := "without a name"

# The action of a `uses`, without the version behind it.
action(uses) := lower(split(uses, "@")[0]) if {
	is_string(uses)
} else := ""

# The environment variables that a step sees, by name.
environment(step) := object.union_n([variables |
	workflow := workflows[step.position]
	some level in [workflow, workflow.jobs[step.job], step.spec]
	variables := object.get(level, "env", {})
	is_object(variables)
])

# What stands between `${{` and `}}`, as GitHub compares it: in lower case, with dots instead of quoted brackets. Steps
# have many texts and few expressions, so nothing here is dearer than a search.
expressions(value) := [plain(split(piece, "}}")[0]) |
	some at, piece in split(value, "${{")
	at > 0
	contains(piece, "}}")
] if {
	is_string(value)
} else := []

plain(expression) := strings.replace_n(
	{" ": "", "\t": "", "\n": "", "\r": "", "['": ".", "']": ""},
	lower(expression),
)
