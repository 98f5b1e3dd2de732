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
	startswith(expression, "secrets.")
	expression != "secrets.github_token"
	part := concat("/", array.concat(step.path, [expression]))
	name := upper(trim_prefix(expression, "secrets."))
	message := $"The {step.where} writes the secret {name} into its script: a quote or a dollar in it would change what runs."
}
