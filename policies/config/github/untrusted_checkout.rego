# METADATA
# title: No proposed code next to secrets
# description: >-
#   A workflow that a pull request, a comment or another workflow starts with `pull_request_target`, `issue_comment` or
#   `workflow_run` has the rights and secrets of the repository. Code that an outsider proposes is not fetched there: to
#   install, build or test it is to run it. A condition that asks where it comes from, or an environment that waits for an
#   approval, is a guard.
# custom:
#   id: config.github.untrusted_checkout
#   severity: critical
#   controls: [OWASP-CICD-SEC-4, NIST-800-53-SI-7, "ISO27001-A.8.31", SOC2-CC6.8]
#   remediation: |-
#     Build and test the proposal in a workflow that `pull_request` starts: it has no secrets and may write nothing. Where
#     only branches of this repository are meant, say so on the job:
#
#       if: github.event.pull_request.head.repo.full_name == github.repository
#
#     Or let somebody approve each run, by an environment with required reviewers. From v7 on `actions/checkout` refuses to
#     fetch such code for `pull_request_target` and `workflow_run`, unless it is told to.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/workflow]
package config.github.untrusted_checkout

import data.lib.outsiders
import data.lib.proposals
import data.lib.scripts
import data.lib.workflows

applies contains position if some position, _ in workflows.workflows

finding contains {"message": message, "document": step.position, "part": part, "pointer": pointer} if {
	some step in workflows.steps
	event := outsiders.privileged(step.position)[0]
	pointer := fetched(step)
	not proposals.refuses(step, event)
	not outsiders.is_guarded(step)
	part := $"{step.job}/{step.label}"
	message := $"The step “{step.label}” of the job {step.job} fetches code that an outsider proposes, where {event} gives the rights and secrets of this repository. To build or test that code is to let the outsider use them."
}

# Where a step says that it fetches a proposal.
fetched(step) := $"{step.pointer}/with/{names[0]}" if {
	workflows.action(step.spec.uses) == "actions/checkout"
	names := [name |
		some name in ["ref", "repository"]
		value := step.spec.with[name]
		is_string(value)
		proposals.is_proposed(workflows.plain(value), step)
	]
	count(names) > 0
} else := $"{step.pointer}/run" if {
	some command in data.settings.config.github.proposed_code_commands
	contains(step.spec.run, command)
	is_taken(command, step)
} else := $"{step.pointer}/run" if {
	some line in split(step.spec.run, "\n")
	takes(line)
	names_commit(line, step)
}

# To fetch alone changes no file: a command of the job has to take what was fetched.
is_taken(command, _) if not startswith(command, "git fetch")

is_taken(_, step) if {
	some [turn, _, spec] in workflows.in_turn(workflows.workflows[step.position].jobs[step.job].steps)
	turn >= step.index
	takes(spec.run)
}

takes(script) if {
	some command in data.settings.config.github.taking_commands
	contains(script, command)
}

# Whether a line takes the commit that is proposed, but not only some of its files.
names_commit(line, step) if {
	not contains(line, " -- ")
	some said in array.concat([workflows.plain(line)], [workflows.plain(value) |
		some name, value in workflows.environment(step)
		is_string(value)
		scripts.reads(line, name)
	])
	contains(said, "sha")
	proposals.is_proposed(said, step)
}
