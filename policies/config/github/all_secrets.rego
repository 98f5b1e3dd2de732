# METADATA
# title: Secrets are named, and stay masked
# description: >-
#   `toJSON(secrets)` hands every secret of the repository to one program, those of other jobs too. And GitHub masks a
#   secret in logs as a whole: the members that `fromJSON` takes out of one are shown as they are.
# custom:
#   id: config.github.all_secrets
#   severity: high
#   controls: [OWASP-CICD-SEC-6, NIST-800-53-AC-6, "ISO27001-A.8.12", SOC2-CC6.1]
#   remediation: |-
#     Keep each value as a secret of its own, and name those that are needed:
#
#       env:
#         DATABASE_PASSWORD: ${{ secrets.DATABASE_PASSWORD }}
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/workflow]
package config.github.all_secrets

import data.lib.workflows

applies contains position if some position, _ in workflows.workflows

finding contains {"message": message, "document": entry.position, "part": entry.part, "pointer": entry.pointer} if {
	some entry in workflows.texts
	some expression in workflows.expressions(entry.text)
	what := wrong(expression)
	message := $"The {entry.where} {what}"
}

wrong(expression) := "gets every secret of this repository, also those that it does not need." if {
	contains(expression, "tojson(secrets)")
} else := "takes a value out of a secret: GitHub masks only the whole, so logs show that value as it is." if {
	contains(expression, "fromjson(secrets.")
}
