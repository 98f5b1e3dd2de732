# METADATA
# title: A cloud trusts the workflow, not a key
# description: >-
#   A key of a cloud that is kept as a secret works from anywhere until somebody changes it. The clouds also trust a token
#   that GitHub signs for this very run (OpenID Connect): it says which repository and branch asks, and ends in minutes.
# custom:
#   id: config.github.long_lived_keys
#   severity: medium
#   controls: [OWASP-CICD-SEC-6, NIST-800-53-IA-5, "ISO27001-A.5.17", SOC2-CC6.1]
#   remediation: |-
#     Let the cloud trust this repository, and let the job ask for a token:
#
#       permissions:
#         id-token: write
#         contents: read
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/workflow]
package config.github.long_lived_keys

import data.lib.workflows

applies contains position if some position, _ in workflows.workflows

finding contains {"message": message, "document": step.position, "part": part, "pointer": pointer, "remediation": remediation} if {
	some step in workflows.steps
	key := data.settings.config.github.long_lived_keys[workflows.action(step.spec.uses)]
	some name in key.inputs
	some expression in workflows.expressions(step.spec.with[name])
	startswith(expression, "secrets.")
	part := $"{step.job}/{step.label}"
	pointer := $"{step.pointer}/with/{name}"
	message := $"The step “{step.label}” of the job {step.job} signs in with a key that is kept as a secret: whoever gets it may use it from anywhere, until somebody changes it."
	remediation := concat("", [
		$"Let the cloud trust this repository, give {key.instead} in place of `{name}`, and let the job ask for a token:\n\n",
		"  permissions:\n    id-token: write\n    contents: read",
	])
}
