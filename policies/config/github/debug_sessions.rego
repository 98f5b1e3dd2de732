# METADATA
# title: No open door for debugging
# description: >-
#   A step that opens a shell on the machine for debugging shows the way in in the log. Where everybody may read the log,
#   everybody may come in, and find the secrets of the job. Only whoever started the run is let in, and by their own key.
# custom:
#   id: config.github.debug_sessions
#   severity: high
#   controls: [OWASP-CICD-SEC-5, NIST-800-53-AC-17, "ISO27001-A.8.9"]
#   remediation: |-
#     Take the step out when the search is over. Where it must stay, let in nobody but who started the run:
#
#       with:
#         limit-access-to-actor: true
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/action, github/workflow]
package config.github.debug_sessions

import data.lib.workflows

applies contains position if some position, _ in workflows.files

finding contains {"message": message, "document": step.position, "part": part, "pointer": $"{step.pointer}/uses"} if {
	some step in workflows.all_steps
	workflows.action(step.spec.uses) in data.settings.config.github.debug_actions
	not is_limited(step)
	part := concat("/", step.path)
	message := $"The {step.where} opens a shell on the machine, and does not say that only who started the run gets in. The way in stands in the log."
}

is_limited(step) if lower($"{step.spec.with["limit-access-to-actor"]}") == "true"
