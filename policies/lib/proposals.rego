# METADATA
# title: What is proposed
# description: |
#   A comment does not say what a pull request proposes, so a step looks it up, and others read it from that step's outputs.
package lib.proposals

import data.lib.outsiders
import data.lib.workflows

# Whether a text names what somebody proposes.
is_proposed(value, _) if {
	some begin in data.settings.config.github.proposed_code
	contains(value, begin)
}

is_proposed(value, step) if is_looked_up(value, step)

# New versions of the action do not fetch what another repository proposes, unless they are told to.
refuses(step, event) if {
	event in {"pull_request_target", "workflow_run"}
	workflows.action(step.spec.uses) == "actions/checkout"
	[_, version] := split(step.spec.uses, "@")
	some refusing in data.settings.config.github.refusing_checkouts
	startswith($"{version}.", $"{refusing}.")
	object.get(step.spec.with, "allow-unsafe-pr-checkout", false) in [false, "false"]
}

# Whether a text names what somebody proposes by the output of a step of the same job, or of a job that it waits for. Who
# looks up beside it whether somebody belongs to the project may well stop there.
is_looked_up(value, step) if {
	names_head(value, jobs_of(step)[step.job])
	not asks_who(step)
}

is_looked_up(value, step) if {
	some [_, name, output] in outputs(value, "needs")
	some job in outsiders.needed(step)
	lower(job) == name
	some own, inner in jobs_of(step)[job].outputs
	lower(own) == output
	is_string(inner)
	names_head(workflows.plain(inner), jobs_of(step)[job])
	not asks_who(step)
}

# The outputs in a text that hold what whoever proposes has named: a branch, or the files that a proposal changes.
chosen(value, step) := [name |
	contains(value, "steps.")
	some [name, id, output] in outputs(value, "steps")
	some [_, _, spec] in workflows.in_turn(jobs_of(step)[step.job].steps)
	is_string(spec.id)
	lower(spec.id) == id
	gives_name(spec, output, step)
]

gives_name(spec, output, _) if {
	output in data.settings.config.github.proposal_outputs[workflows.action(spec.uses)]
	strings.any_suffix_match(output, ["branch", "ref"])
}

# A script by what it reads, unless it takes all signs out but a few.
gives_name(spec, output, _) if {
	strings.any_suffix_match(output, ["branch", "branch_name", "ref"])
	not contains(output, "base")
	some said in outsiders.said_by(spec)
	some mark in [".head.ref", "headrefname"]
	contains(lower(said), mark)
	not contains(said, "tr -c")
}

# Names of files are signs of a shell as much. Where nobody has rights to lose, no harm is done.
gives_name(spec, output, step) if {
	count(outsiders.privileged(step.position)) > 0
	strings.any_suffix_match(output, ["files", "list", "paths"])
	some said in outsiders.said_by(spec)
	contains(said, "--name-only")
	not outsiders.is_own_proposal(step)
}

names_head(value, job) if {
	some [_, id, output] in outputs(value, "steps")
	some [_, _, spec] in workflows.in_turn(job.steps)
	is_string(spec.id)
	lower(spec.id) == id
	gives_head(spec, output)
}

gives_head(spec, output) if output in data.settings.config.github.proposal_outputs[workflows.action(spec.uses)]

# A script by what it reads. What it says of the branch below a proposal is none of it.
gives_head(spec, output) if {
	not contains(output, "base")
	some said in outsiders.said_by(spec)
	some mark in data.settings.config.github.proposal_lookups
	contains(lower(said), mark)
}

asks_who(step) if {
	some name in ({step.job} | outsiders.needed(step))
	some [_, _, spec] in workflows.in_turn(jobs_of(step)[name].steps)
	outsiders.looks_up(spec)
}

outputs(value, of) := found if {
	found := regex.find_all_string_submatch_n($`{of}\.([a-z0-9_-]+)\.outputs\.([a-z0-9_-]+)`, value, -1)
} else := []

jobs_of(step) := workflows.workflows[step.position].jobs
