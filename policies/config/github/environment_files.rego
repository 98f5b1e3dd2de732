# METADATA
# title: No outsider's text sets variables
# description: >-
#   What is written to the file `$GITHUB_ENV` sets variables for the steps that follow, and what is written to
#   `$GITHUB_PATH` says where they look for programs. An outsider's text of several lines sets any variable, such as one
#   that makes every later program load code.
# custom:
#   id: config.github.environment_files
#   severity: high
#   controls: [OWASP-CICD-SEC-4, NIST-800-53-SI-10, "ISO27001-A.8.28"]
#   remediation: |-
#     Hand the text to the step that needs it, as an environment variable of that step:
#
#       env:
#         BODY: ${{ github.event.issue.body }}
#
#     Or write it to `$GITHUB_OUTPUT`, which sets no variables.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/action, github/workflow]
package config.github.environment_files

import data.lib.outsiders
import data.lib.scripts
import data.lib.workflows

applies contains position if some position, _ in workflows.files

finding contains {"message": message, "document": write.step.position, "part": part, "pointer": $"{write.step.pointer}/run"} if {
	some write in writes
	some name, value in workflows.environment(write.step)
	some expression in workflows.expressions(value)
	some context in outsiders.contexts(expression)
	can_add(write.file, context)
	some holder in scripts.holders(write.step.spec.run, name)
	scripts.reads(write.line, holder)
	part := concat("/", array.concat(write.step.path, [name]))
	message := $"The {write.step.where} writes `{context}` to `${write.file}`. {outsiders.author(context)} chooses that text, and can set what the steps that follow run."
}

finding contains {"message": message, "document": write.step.position, "part": part, "pointer": $"{write.step.pointer}/run"} if {
	some write in writes
	"workflow_run" in workflows.triggers[write.step.position]
	contains(write.line, "cat ")
	some other in workflows.steps
	other.position == write.step.position
	other.job == write.step.job
	workflows.action(other.spec.uses) in data.settings.config.github.artifact_downloads
	not outsiders.is_guarded(write.step)
	part := $"{write.step.job}/{write.step.label}/{write.file}"
	message := $"The {write.step.where} writes a file to `${write.file}`, after “{other.label}” fetched what another workflow left. If that ran a pull request, an outsider wrote the file, and can set what the steps that follow run."
}

writes := [write |
	some step in workflows.all_steps
	is_string(step.spec.run)
	some file in ["GITHUB_ENV", "GITHUB_PATH"]
	contains(step.spec.run, file)
	some line in split(step.spec.run, "\n")
	contains(line, file)
	write := {"step": step, "line": line, "file": file}
]

# A path is one line, a variable more needs a line of its own.
can_add("GITHUB_PATH", _)

can_add(_, context) if strings.any_suffix_match(context, data.settings.config.github.texts_of_many_lines)
