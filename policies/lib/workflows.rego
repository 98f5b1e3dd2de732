# METADATA
# title: GitHub workflows
# description: The steps of every job of a workflow and of every composite action, and the expressions in a text of one.
package lib.workflows

import data.lib.documents
import data.lib.text

# By position.
workflows[position] := document.content if {
	some position, document in documents.written
	document.type == "github/workflow"
}

# The events that start it, by position. Who reads YAML 1.1 finds them under `true`.
triggers[position] := names(object.get(workflow, "on", object.get(workflow, "true", {}))) if {
	some position, workflow in workflows
}

# Of one name, a list of names, or an object by name.
names(on) := {on} if {
	is_string(on)
} else := {event | some event in on} if {
	is_array(on)
} else := object.keys(on) if {
	is_object(on)
} else := set()

jobs := [job |
	some position, workflow in workflows
	some name, spec in workflow.jobs
	is_object(spec)
	job := {
		"position": position,
		"name": name,
		"pointer": $"/jobs/{text.step(name)}",
		"spec": spec,
	}
]

steps := [step |
	some job in jobs
	some [index, pointer, spec] in in_turn(job.spec.steps)
	step := {
		"position": job.position,
		"job": job.name,
		"index": index,
		"label": label(spec),
		"where": $"step “{label(spec)}” of the job {job.name}",
		"path": [job.name, label(spec)],
		"pointer": $"{job.pointer}/steps/{pointer}",
		"spec": spec,
	}
]

# The steps of a list, each with its turn and where it stands. Those of a group, under `parallel`, have one turn.
in_turn(list) := array.concat(
	[[index, $"{index}", spec] | some index, spec in list],
	[[index, $"{index}/parallel/{at}", spec] |
		some index, group in list
		some at, spec in group.parallel
	],
)

# Composite actions, by position: steps that workflows share, with the rights of the job that uses them.
actions[position] := document.content if {
	some position, document in documents.written
	document.type == "github/action"
}

# Where steps are written, by position.
files := object.union(workflows, actions)

action_steps := [step |
	some position, action in actions
	some [_, pointer, spec] in in_turn(action.runs.steps)
	step := {
		"position": position,
		"label": label(spec),
		"where": $"step “{label(spec)}” of this action",
		"path": [label(spec)],
		"pointer": $"/runs/steps/{pointer}",
		"spec": spec,
	}
]

all_steps := array.concat(steps, action_steps)

# Whether a step is of the same job as another, and comes before it.
is_before(step, other) if {
	step.position == other.position
	step.job == other.job
	step.index < other.index
}

# What is used, by the steps of jobs and actions, and by jobs that are a workflow of their own.
uses := array.flatten([
	[use |
		some step in steps
		is_string(step.spec.uses)
		use := {
			"position": step.position,
			"who": $"The job {step.job}",
			"whose": "this workflow",
			"path": [step.job],
			"uses": step.spec.uses,
			"pointer": $"{step.pointer}/uses",
		}
	],
	[use |
		some step in action_steps
		is_string(step.spec.uses)
		use := {
			"position": step.position,
			"who": "This action",
			"whose": "each workflow that uses it",
			"path": [],
			"uses": step.spec.uses,
			"pointer": $"{step.pointer}/uses",
		}
	],
	[use |
		some job in jobs
		is_string(job.spec.uses)
		use := {
			"position": job.position,
			"who": $"The job {job.name}",
			"whose": "this workflow",
			"path": [job.name],
			"uses": job.spec.uses,
			"pointer": $"{job.pointer}/uses",
		}
	],
])

# Every environment variable where it is written. `where` and `part` say where that is, to people and to waivers.
variables := [variable |
	some place in places
	some name, value in place.spec.env
	variable := {
		"position": place.position,
		"where": place.where,
		"part": concat("/", array.concat(place.path, [name])),
		"pointer": $"{place.pointer}/env/{text.step(name)}",
		"name": name,
		"value": value,
	}
]

places := array.flatten([
	[place |
		some position, workflow in workflows
		place := {"position": position, "where": "workflow", "path": [], "pointer": "", "spec": workflow}
	],
	[place |
		some job in jobs
		place := {"position": job.position, "where": $"job {job.name}", "path": [job.name], "pointer": job.pointer, "spec": job.spec}
	],
	all_steps,
])

# The containers that jobs run in and beside. One by its image only has no other facts.
containers := array.concat(
	[container |
		some job in jobs
		container := {
			"position": job.position,
			"where": $"container of the job {job.name}",
			"part": $"{job.name}/container",
			"pointer": $"{job.pointer}/container",
			"spec": job.spec.container,
		}
	],
	[container |
		some job in jobs
		some name, spec in job.spec.services
		container := {
			"position": job.position,
			"where": $"service {name} of the job {job.name}",
			"part": $"{job.name}/services/{name}",
			"pointer": $"{job.pointer}/services/{text.step(name)}",
			"spec": spec,
		}
	],
)

# Every text that may hold an expression and reach a program: a variable, what an action is given, a script.
texts := array.concat(
	[entry |
		some variable in variables
		is_string(variable.value)
		entry := {
			"position": variable.position,
			"where": variable.where,
			"part": variable.part,
			"pointer": variable.pointer,
			"text": variable.value,
		}
	],
	[entry |
		some step in all_steps
		some [key, value] in given(step.spec)
		is_string(value)
		entry := {
			"position": step.position,
			"where": step.where,
			"part": concat("/", array.concat(step.path, [key])),
			"pointer": $"{step.pointer}/{key}",
			"text": value,
		}
	],
)

given(spec) := array.concat(
	[["run", script] | script := spec.run],
	[[key, value] |
		some name, value in spec.with
		key := $"with/{text.step(name)}"
	],
)

# What must hold for a step to run, as GitHub compares it.
conditions(step) := [plain(spec["if"]) |
	some spec in [workflows[step.position].jobs[step.job], step.spec]
	is_string(spec["if"])
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

# The version behind it: a tag, a branch or a commit.
version(uses) := split(uses, "@")[1] if {
	is_string(uses)
	contains(uses, "@")
} else := ""

# Whether an action or a workflow lies in the repository itself, and so changes with what uses it.
is_own(uses) if strings.any_prefix_match(uses, ["./", "$/"])

# The name before the first `/`, as GitHub compares it.
owner(uses) := split(lower(uses), "/")[0]

# The environment variables that a step sees, by name.
environment(step) := object.union_n([variables |
	some level in array.concat(around(step), [step.spec])
	variables := object.get(level, "env", {})
	is_object(variables)
])

# The workflow and the job that a step is in. An action does not know its own.
around(step) := [workflow, workflow.jobs[step.job]] if {
	workflow := workflows[step.position]
} else := []

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
