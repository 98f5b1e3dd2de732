# METADATA
# title: No outsider's text reaches the script of an own action
# description: >-
#   A composite action of the repository that writes an input into a script is as safe as what it is given. Where a workflow
#   gives it a text that an outsider chooses, such as the title of an issue, the outsider writes the script. Seen where the
#   workflow and the action are checked together.
# custom:
#   id: config.github.action_inputs
#   severity: critical
#   controls: [OWASP-CICD-SEC-4, NIST-800-53-SI-10, "ISO27001-A.8.28"]
#   remediation: |-
#     Let the action hand its input to the script as an environment variable, and quote it there:
#
#       env:
#         TITLE: ${{ inputs.title }}
#       run: echo "$TITLE"
#   waivable_by: [platform-security]
#   crosses_documents: true
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/action, github/workflow]
package config.github.action_inputs

import data.lib.documents
import data.lib.outsiders
import data.lib.text
import data.lib.workflows

applies contains position if some position, _ in workflows.workflows

finding contains {"message": message, "document": step.position, "part": part, "pointer": pointer} if {
	some step in workflows.steps
	workflows.is_own(step.spec.uses)
	folder := trim_prefix(trim_prefix(step.spec.uses, "./"), "$/")
	some name, value in step.spec.with
	lower(name) in written[trim_suffix(folder, "/")]
	some expression in workflows.expressions(value)
	some context in outsiders.contexts(expression)
	part := $"{step.job}/{step.label}/{name}"
	pointer := $"{step.pointer}/with/{text.step(name)}"
	message := $"The step “{step.label}” of the job {step.job} gives `{context}` to {step.spec.uses}, which writes its input {name} into a script. {outsiders.author(context)} chooses that text, and it would run as code."
}

# The inputs that an action of the repository writes into a script, by the folder of the action.
written[folder] contains name if {
	some document in documents.there
	document.type == "github/action"
	some [_, _, step] in workflows.in_turn(document.content.runs.steps)
	some expression in workflows.expressions(step.run)
	startswith(expression, "inputs.")
	name := trim_prefix(expression, "inputs.")
	some file in ["/action.yml", "/action.yaml"]
	endswith(document.id, file)
	folder := trim_suffix(document.id, file)
}
