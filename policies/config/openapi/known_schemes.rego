# METADATA
# title: What protects an operation is defined
# description: >-
#   Every name in a `security` is one of `components.securitySchemes`. Gateways and generators skip a name that they do not
#   know, and the operation is open.
# custom:
#   id: config.openapi.known_schemes
#   severity: high
#   controls: [OWASP-API8-2023, NIST-800-53-CM-6, SOC2-CC6.1]
#   remediation: |-
#     Define the scheme, or mend its name:
#
#       components:
#         securitySchemes:
#           token:
#             type: http
#             scheme: bearer
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [openapi]
package config.openapi.known_schemes

import data.lib.openapi

applies contains position if some position, _ in openapi.documents_written

finding contains {"message": message, "document": use.position, "part": name, "pointer": use.pointer} if {
	some use in openapi.uses
	some name, _ in use.requirement
	not is_reference(name)
	not openapi.schemes[use.position][name]
	message := $"{use.title} asks for the security scheme {name}, which this document does not define: nothing checks it."
}

# Since 3.2 a name may be the address of a scheme elsewhere.
is_reference(name) if contains(name, "/")
