# METADATA
# title: Clouds and registries trust the workflow, not a key
# description: >-
#   A key of a cloud or a registry that is kept as a secret works from anywhere until somebody changes it. They also trust a
#   token that GitHub signs for this very run (OpenID Connect): it says which repository and branch asks, and ends in
#   minutes. A registry of one's own, named by `registry-url`, may not know such tokens and is not meant.
# custom:
#   id: config.github.long_lived_keys
#   severity: medium
#   controls: [OWASP-CICD-SEC-6, NIST-800-53-IA-5, "ISO27001-A.5.17", SOC2-CC6.1]
#   remediation: |-
#     Let the cloud or the registry trust this repository, and let the job ask for a token:
#
#       permissions:
#         id-token: write
#         contents: read
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/workflow]
package config.github.long_lived_keys

import data.lib.scripts
import data.lib.workflows

applies contains position if some position, _ in workflows.workflows

finding contains {"message": message, "document": step.position, "part": part, "pointer": pointer, "remediation": remediation} if {
	some step in workflows.steps
	key := data.settings.config.github.long_lived_keys[workflows.action(step.spec.uses)]
	some name in key.inputs
	is_secret(step.spec.with[name])
	not names_own_registry(step.spec.with)
	part := $"{step.job}/{step.label}"
	pointer := $"{step.pointer}/with/{name}"
	message := said(step, "signs in")
	remediation := fix(key, name)
}

finding contains {"message": message, "document": step.position, "part": part, "pointer": pointer, "remediation": remediation} if {
	some step in workflows.steps
	some name, key in data.settings.config.github.registry_keys
	some command in key.commands
	scripts.calls(step.spec.run, command)
	is_secret(workflows.environment(step)[name])
	not publishes_elsewhere(step)
	part := $"{step.job}/{step.label}"
	pointer := $"{step.pointer}/run"
	message := said(step, $"publishes by `{command}`")
	remediation := fix(key, name)
}

said(step, does) := $"The step “{step.label}” of the job {step.job} {does} with a key that is kept as a secret: whoever gets it may use it from anywhere, until somebody changes it."

fix(key, name) := concat("", [
	$"Let {key.issuer} trust this repository, and in place of `{name}` {key.instead}. Let the job ask for a token:\n\n",
	"  permissions:\n    id-token: write\n    contents: read",
])

# The token of the run itself ends with it.
is_secret(value) if {
	some expression in workflows.expressions(value)
	startswith(expression, "secrets.")
	expression != "secrets.github_token"
}

publishes_elsewhere(step) if {
	some [_, _, other] in workflows.in_turn(workflows.workflows[step.position].jobs[step.job].steps)
	names_own_registry(other.with)
}

names_own_registry(inputs) if {
	some name in ["registry-url", "repository-url", "repository_url"]
	not strings.any_prefix_match(inputs[name], ["https://registry.npmjs.org", "https://upload.pypi.org", "https://test.pypi.org"])
}
