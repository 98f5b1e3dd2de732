# METADATA
# title: An agent takes orders from insiders only
# description: >-
#   An agent of a language model does what a text tells it, and cannot tell whose text it is. Where anybody starts one, by an
#   issue, a comment or a pull request, a stranger's words reach it with the secrets and the rights of the job: in 2026 the
#   title of an issue made an agent that sorts issues run a stranger's package, and the next release of that project was
#   the stranger's. Some actions ask who starts them unless they are told not to; others leave it to a condition. Which
#   they are is in the settings.
# custom:
#   id: config.github.open_agents
#   severity: high
#   controls: [OWASP-CICD-SEC-4, OWASP-CICD-SEC-5, NIST-800-53-AC-6, NIST-800-53-SI-10, "ISO27001-A.8.28"]
#   remediation: |-
#     Let the action ask who starts it, without the input that lets in everybody, or ask on the job:
#
#       if: contains(fromJSON('["OWNER", "MEMBER"]'), github.event.comment.author_association || github.event.issue.author_association)
#
#     An agent for everybody gets a job of its own with no secret but the key of its model, `permissions` for the one thing
#     that it does, and its tools by name. Have a waiver say so.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/workflow]
package config.github.open_agents

import data.lib.outsiders
import data.lib.text
import data.lib.workflows

applies contains position if some position, _ in workflows.workflows

finding contains {"message": message, "document": step.position, "part": part, "pointer": pointer} if {
	some step in workflows.steps
	inputs := data.settings.config.github.agents[workflows.action(step.spec.uses)]
	[why, pointer] := opened(step, inputs)
	not outsiders.is_guarded(step)
	event := stranger_events(step.position)[0]
	part := $"{step.job}/{step.label}"
	message := $"The step “{step.label}” of the job {step.job} starts an agent for {event} and {why}: what a stranger writes there can make it use the secrets and the rights of this job."
}

# By an input that lets in everybody, or because the action asks nobody.
opened(step, inputs) := [$"lets everybody (`{name}: *`)", $"{step.pointer}/with/{text.step(name)}"] if {
	some name in inputs
	step.spec.with[name] == "*"
} else := ["asks nobody who caused it", $"{step.pointer}/uses"] if inputs == []

# The events of a workflow that anybody can cause. A label or an assignee is given by insiders.
stranger_events(position) := [event |
	some event in data.settings.config.github.stranger_events
	event in workflows.triggers[position]
	not is_given(object.get(workflows.workflows[position], ["on", event, "types"], []))
]

is_given(types) if {
	count(types) > 0
	every type in workflows.names(types) {
		type in ["assigned", "labeled", "milestoned", "unassigned", "unlabeled"]
	}
}
