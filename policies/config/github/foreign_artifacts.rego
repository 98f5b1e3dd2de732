# METADATA
# title: Nothing runs that a pull request left
# description: >-
#   What `workflow_run` starts has the rights and secrets of the repository, and may fetch what the workflow before it
#   left. Where that ran a pull request, an outsider chose each file: unpacked next to the code, a file replaces a script,
#   a `package.json` or a module that runs later. Unpacked aside, and read as data, it harms nobody.
# custom:
#   id: config.github.foreign_artifacts
#   severity: high
#   controls: [OWASP-CICD-SEC-9, OWASP-CICD-SEC-4, NIST-800-53-SI-7, "ISO27001-A.8.31"]
#   remediation: |-
#     Unpack it aside, and run nothing from there:
#
#       with:
#         path: ${{ runner.temp }}/artifact
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/workflow]
package config.github.foreign_artifacts

import data.lib.outsiders
import data.lib.text
import data.lib.versions
import data.lib.workflows

applies contains position if some position, _ in workflows.workflows

finding contains {"message": message, "document": step.position, "part": part, "pointer": pointer} if {
	some download in downloads
	some step in workflows.steps
	workflows.is_before(download, step)
	[command, pointer] := executed(step, folder(download))
	not outsiders.is_guarded(step)
	part := $"{step.job}/{step.label}"
	message := $"The step “{step.label}” of the job {step.job} runs `{command}` where “{download.label}” unpacked what another workflow left. If that ran a pull request, an outsider wrote those files, and has the rights and secrets of this repository then."
}

# The steps that fetch what another workflow left.
downloads := [step |
	some step in workflows.steps
	"workflow_run" in workflows.triggers[step.position]
	is_foreign(step)
]

is_foreign(step) if {
	workflows.action(step.spec.uses) == "actions/download-artifact"
	"run-id" in object.keys(step.spec.with)
}

# Since its version 6 this one takes what forks left only when it is told to.
is_foreign(step) if {
	workflows.action(step.spec.uses) == "dawidd6/action-download-artifact"
	step.spec.with.allow_forks in [true, "true"]
}

is_foreign(step) if {
	workflows.action(step.spec.uses) == "dawidd6/action-download-artifact"
	versions.is_before(workflows.version(step.spec.uses), [6])
}

# Where it is unpacked: nothing for the folder of the repository itself.
folder(download) := "" if {
	workflows.plain(path(download)) in ["", ".", "${{github.workspace}}"]
} else := trim_prefix(path(download), "./")

path(download) := trim_right(text.or_else(object.get(download.spec, ["with", "path"], ""), ""), "/")

# What a step runs of a folder, and where it says so.
executed(step, "") := [step.spec.uses, $"{step.pointer}/uses"] if {
	startswith(step.spec.uses, "./")
} else := [found[0], $"{step.pointer}/run"] if {
	found := [command |
		some command in commands(step.spec.run)
		some begin in data.settings.config.github.local_commands
		startswith(command, begin)
	]
	count(found) > 0
}

executed(step, folder) := [found[0], $"{step.pointer}/run"] if {
	folder != ""
	found := [command |
		some command in commands(step.spec.run)
		some begin in ["", "./", "bash ", "sh ", "source ", ". ", "node ", "python ", "python3 "]
		startswith(command, $"{begin}{folder}/")
	]
	count(found) > 0
}

# The single commands of a script, as far as a search can tell.
commands(script) := [trim_space(piece) |
	some piece in split(strings.replace_n({"&&": "\n", "||": "\n", ";": "\n", "|": "\n"}, script), "\n")
]
