# METADATA
# title: What outsiders write
# description: |
#   The contexts of a GitHub expression whose text somebody outside the project chooses. Which they are is in the
#   settings, `*` standing for any item of a list.
package lib.outsiders

import data.lib.workflows

# The contexts that an expression of a step writes by way of a variable, which protects only who reads it in the shell.
by_variable(expression, step) := [context |
	name := trim_prefix(expression, "env.")
	some variable, value in workflows.environment(step)
	lower(variable) == name
	some inner in workflows.expressions(value)
	some context in contexts(inner)
] if {
	startswith(expression, "env.")
} else := []

# A pattern is dear, and few expressions ask for what an outsider writes: those are told by the begin of their names.
contexts(expression) := [context |
	some [_, whole, part] in regex.find_all_string_submatch_n(pattern, expression, -1)
	context := concat("", [whole, part])
	context != ""
] if {
	is_string(expression)
	some begin in begins
	contains(expression, begin)
} else := []

begins := {"tojson(github)"} | {concat(".", array.slice(split(path, "."), 0, 2)) |
	some path, _ in data.settings.config.github.outsider_contexts
}

# Who chooses the text of a context.
author(context) := who if {
	who := data.settings.config.github.outsider_contexts[context]
} else := authors[0] if {
	authors := sort([who |
		some path, who in data.settings.config.github.outsider_contexts
		contains(path, "*")
		regex.match($"^{escaped(path)}$", context)
	])
	count(authors) > 0
} else := "Somebody outside the project"

# Read from the left, each part of an expression is one of these. Only the two groups give an outsider's text: what is in
# quotes, compared, or asked about gives none.
pattern := concat("|", [
	`'[^']*'`,
	`(?:contains|startswith|endswith|hashfiles)\((?:'[^']*'|[^()']|\((?:'[^']*'|[^()'])*\))*\)`,
	$`(?:[=!]=|[<>]=?|!)(?:{paths})`,
	$`(?:{paths})(?:[=!]=|[<>]|&&)`,
	$`tojson\(({wholes})\)`,
	$`({paths})(?:[^a-z0-9_.-]|$)`,
	`[a-z_][a-z0-9_.-]*`,
])

paths := concat("|", sort([escaped(path) | some path, _ in data.settings.config.github.outsider_contexts]))

# Whatever holds such a text holds it as JSON too.
wholes := concat("|", sort({escaped(whole) |
	some path, _ in data.settings.config.github.outsider_contexts
	steps := split(path, ".")
	some length in numbers.range(1, count(steps) - 1)
	whole := concat(".", array.slice(steps, 0, length))
}))

escaped(path) := concat(`(?:\.\*|\[[^\]]*\])`, [replace(piece, ".", `\.`) | some piece in split(path, ".*")])

# The events that start a workflow with the rights of the repository and what an outsider sent.
privileged(position) := [event |
	some event in data.settings.config.github.privileged_events
	event in workflows.triggers[position]
]

# Whether somebody of the project has a say before a step runs: by a condition that asks who or what it is, or by an
# environment, which may wait for an approval.
is_guarded(step) if {
	some condition in asked(step)
	some check in data.settings.config.github.insider_checks
	contains(condition, check)
}

is_guarded(step) if {
	some name, job in workflows.workflows[step.position].jobs
	name in ({step.job} | needed(step))
	job.environment
}

# By a label, where nothing else starts it: only insiders put one on, and what is proposed later starts nothing.
is_guarded(step) if {
	privileged(step.position) == ["pull_request_target"]
	workflows.workflows[step.position].on.pull_request_target.types in ["labeled", ["labeled"]]
	some condition in asked(step)
	labels := "contains(github.event.pull_request.labels.*.name"
	contains(condition, labels)
	not contains(condition, $"!{labels}")
}

# By a step before it that looks up whether somebody belongs to the project, and stops where nobody does.
is_guarded(step) if {
	not runs_anyway(step)
	some name in ({step.job} | needed(step))
	some [turn, _, spec] in workflows.in_turn(jobs_of(step)[name].steps)
	is_earlier(name, turn, step)
	looks_up(spec)
	stops(spec)
}

# By a condition that asks for what a step of the job, or of one that it waits for, has looked up.
is_guarded(step) if {
	some output in looked_up(step)
	some condition in workflows.conditions(step)
	asks(condition, output)
}

is_earlier(name, _, step) if name != step.job

is_earlier(_, turn, step) if turn < step.index

stops(spec) if {
	some said in said_by(spec)
	some word in ["core.setfailed(", "exit 1", "throw "]
	contains(lower(said), word)
}

# Whether a condition says that a pull request comes from this repository, or from somebody whose proposals do.
is_own_proposal(step) if {
	some condition in asked(step)
	some check in data.settings.config.github.insider_checks
	strings.any_prefix_match(trim_prefix(check, "!"), ["github.event.pull_request.head.repo.", "github.event.pull_request.user.login==", "github.repository=="])
	contains(condition, check)
}

is_own_proposal(step) if {
	some condition in asked(step)
	contains(condition, "github.event.pull_request.author_association")
}

# What must hold for a step to run: what it and its job ask, and what the jobs ask that it waits for. Where one of those
# is skipped, so is what waits.
asked(step) := array.concat(workflows.conditions(step), [workflows.plain(condition) |
	not runs_anyway(step)
	some name in needed(step)
	condition := jobs_of(step)[name]["if"]
	is_string(condition)
])

runs_anyway(step) if {
	some condition in workflows.conditions(step)
	some status in ["always()", "cancelled()", "failure()"]
	contains(condition, status)
}

looked_up(step) := array.concat(lookups(jobs_of(step)[step.job]), [$`needs\.{lower(name)}\.outputs\.{lower(output)}` |
	some name in needed(step)
	job := jobs_of(step)[name]
	some output, value in job.outputs
	is_string(value)
	some own in lookups(job)
	asks(workflows.plain(value), own)
])

# The outputs, as patterns, of the steps that ask GitHub whether somebody belongs to the project.
lookups(job) := [$`steps\.{lower(spec.id)}\.outputs\.[a-z0-9_-]+` |
	some [_, _, spec] in workflows.in_turn(job.steps)
	is_string(spec.id)
	looks_up(spec)
]

looks_up(spec) if {
	some said in said_by(spec)
	some lookup in data.settings.config.github.insider_lookups
	contains(lower(said), lookup)
}

# What a step says that it does: by an action, by a script, or by the script of an action.
said_by(spec) := [said |
	some said in [object.get(spec, "uses", null), object.get(spec, "run", null), object.get(object.get(spec, "with", {}), "script", null)]
	is_string(said)
]

# Whether a condition wants the output to be true.
asks(condition, output) if {
	regex.match($`(?:^|[^!]){output}(?:=='?true'?)?(?:[^a-z0-9_.!='-]|$)`, condition)
} else := false

jobs_of(step) := workflows.workflows[step.position].jobs

# The jobs that a step's job waits for.
needed(step) := workflows.names(object.get(workflows.workflows[step.position].jobs[step.job], "needs", []))
