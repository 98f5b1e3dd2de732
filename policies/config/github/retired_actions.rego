# METADATA
# title: No action that GitHub has switched off
# description: >-
#   Old versions of some of GitHub's own actions no longer run, since what they talk to is gone: the job fails the next
#   time that it starts. Which they are is in the settings, with what to write instead.
# custom:
#   id: config.github.retired_actions
#   severity: medium
#   controls: [NIST-800-53-SA-22, "ISO27001-A.8.8"]
#   remediation: |-
#     Write a version that still runs, such as:
#
#       uses: actions/upload-artifact@v4
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/action, github/workflow]
package config.github.retired_actions

import data.lib.workflows

applies contains position if some position, _ in workflows.files

finding contains {"message": message, "document": step.position, "part": part, "pointer": pointer, "remediation": remediation} if {
	some step in workflows.all_steps
	action := workflows.action(step.spec.uses)
	retired := data.settings.config.github.retired_actions[action]
	[_, version] := split(step.spec.uses, "@")
	some old in retired.versions
	is_of(version, old)
	part := concat("/", step.path)
	pointer := $"{step.pointer}/uses"
	message := $"The {step.where} uses {step.spec.uses}, which GitHub has switched off: the job fails there."
	remediation := $"Write `uses: {action}@{retired.instead}` or newer, and read what has changed since."
}

# `v3.3` is v3.3.0 and v3.3.2, but not v3 or v3.30.
is_of(version, old) if startswith($"{version}.", $"{old}.")
