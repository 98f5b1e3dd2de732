# METADATA
# title: No password in a workflow
# description: >-
#   The password for the registry of a container or service comes from a secret. Whoever may read the repository reads the
#   file, also in its history.
# custom:
#   id: config.github.hardcoded_credentials
#   severity: high
#   controls: [OWASP-CICD-SEC-6, NIST-800-53-IA-5, "ISO27001-A.5.17", SOC2-CC6.1]
#   remediation: |-
#     Change the password, since it is known, and keep the new one as a secret:
#
#       credentials:
#         username: builder
#         password: ${{ secrets.REGISTRY_PASSWORD }}
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/workflow]
package config.github.hardcoded_credentials

import data.lib.workflows

applies contains position if some position, _ in workflows.workflows

finding contains {"message": message, "document": container.position, "part": container.part, "pointer": $"{container.pointer}/credentials/password"} if {
	some container in workflows.containers
	password := container.spec.credentials.password
	not password in ["", null]
	not contains($"{password}", "${{")
	message := $"The password for the image of the {container.where} stands in the file: whoever may read the repository has it."
}
