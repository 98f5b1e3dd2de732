# METADATA
# title: No password travels with every call
# description: >-
#   No security scheme is HTTP Basic or Digest: the password itself goes along with every call, cannot be limited, and cannot
#   be taken back for one caller alone.
# custom:
#   id: config.openapi.basic_auth
#   severity: medium
#   controls: [OWASP-API2-2023, NIST-800-53-IA-2, SOC2-CC6.1]
#   remediation: |-
#     Use tokens that end:
#
#       components:
#         securitySchemes:
#           token:
#             type: http
#             scheme: bearer
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [openapi]
package config.openapi.basic_auth

import data.lib.openapi
import data.lib.text

applies contains position if some position, _ in openapi.documents_written

finding contains {"message": message, "document": position, "part": name, "pointer": pointer} if {
	some position, named in openapi.schemes
	some name, scheme in named
	scheme.type == "http"
	kind := lower(scheme.scheme)
	kind in ["basic", "digest"]
	pointer := $"/components/securitySchemes/{text.step(name)}"
	message := $"The security scheme {name} is HTTP {kind}: the password goes along with every call."
}
