# METADATA
# title: No proposed code is handed to a workflow that fetches it
# description: >-
#   A workflow that `pull_request_target`, `issue_comment` or `workflow_run` starts has the rights and secrets of the
#   repository, and so has a workflow that it calls. Where it hands on the commit that an outsider proposes, and the other
#   fetches what it is handed, the proposal is installed, built or tested next to them.
# custom:
#   id: config.github.handed_proposals
#   severity: high
#   controls: [OWASP-CICD-SEC-4, NIST-800-53-SI-7, "ISO27001-A.8.31", SOC2-CC6.8]
#   remediation: |-
#     Call the workflow from one that `pull_request` starts: it has no secrets and may write nothing. Where only branches of
#     this repository are meant, say so on the job that calls:
#
#       if: github.event.pull_request.head.repo.full_name == github.repository
#   waivable_by: [platform-security]
#   crosses_documents: true
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/workflow]
package config.github.handed_proposals

import data.lib.documents
import data.lib.outsiders
import data.lib.proposals
import data.lib.text
import data.lib.workflows

applies contains position if some position, _ in workflows.workflows

finding contains {"message": message, "document": job.position, "part": part, "pointer": pointer} if {
	some job in workflows.jobs
	workflows.is_own(job.spec.uses)
	some name, value in job.spec.with
	is_string(value)
	step := {"position": job.position, "job": job.name, "spec": {}}
	proposals.is_proposed(workflows.plain(value), step)
	not outsiders.is_guarded(step)
	event := outsiders.privileged(job.position)[0]
	some fetching in handed_to(trim_prefix(trim_prefix(job.spec.uses, "./"), "$/"), lower(name))
	not proposals.refuses(fetching, event)
	part := $"{job.name}/{name}"
	pointer := $"{job.pointer}/with/{text.step(name)}"
	message := $"The job {job.name} hands code that an outsider proposes to {job.spec.uses} (`{name}`), which fetches it, where {event} gives the rights and secrets of this repository. To build or test that code is to let the outsider use them."
}

# The steps of a workflow that fetch what an input names.
handed_to(file, name) := [{"spec": spec} |
	some document in documents.there
	document.type == "github/workflow"
	document.id == file
	some job in document.content.jobs
	some [_, _, spec] in workflows.in_turn(job.steps)
	workflows.action(spec.uses) == "actions/checkout"
	some key in ["ref", "repository"]
	is_string(spec.with[key])
	contains(workflows.plain(spec.with[key]), $"inputs.{name}")
]
