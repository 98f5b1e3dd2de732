# METADATA
# title: Secrets reach a script as variables
# description: >-
#   GitHub writes the value of an expression into a script before it runs. A secret with a quote, a dollar or a line break
#   in it changes the script then, and stands in a file on the machine. As an environment variable it is data. The token
#   of the run itself is not meant: it holds nothing that a shell reads, and ends with the job.
# custom:
#   id: config.github.secrets_in_scripts
#   severity: low
#   controls: [OWASP-CICD-SEC-6, NIST-800-53-SI-10, "ISO27001-A.8.28"]
#   remediation: |-
#     Hand the secret to the script as an environment variable, and quote it there:
#
#       env:
#         TOKEN: ${{ secrets.TOKEN }}
#       run: publish --token "$TOKEN"
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/workflow]
package config.github.secrets_in_scripts

import data.lib.workflows

applies contains position if some position, _ in workflows.workflows

finding contains {"message": message, "document": step.position, "part": part, "pointer": $"{step.pointer}/run"} if {
	some step in workflows.steps
	some expression in workflows.expressions(step.spec.run)
	secret := written(expression)
	part := concat("/", array.concat(step.path, [secret]))
	name := upper(trim_prefix(secret, "secrets."))
	message := $"The {step.where} writes the secret {name} into its script: a quote or a dollar in it would change what runs."
}

# The secret whose value an expression gives, with or without another one behind it. A comparison gives only yes or no.
written(expression) := secret if {
	secret := split(expression, "||")[0]
	startswith(secret, "secrets.")
	secret != "secrets.github_token"
	not contains(secret, "=")
	not contains(secret, "&&")
}
