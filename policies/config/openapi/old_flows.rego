# METADATA
# title: OAuth without its outdated flows
# description: >-
#   No security scheme offers the implicit flow or the flow with a password, which RFC 9700 advises against: one leaks tokens
#   through addresses, the other shows passwords to the program.
# custom:
#   id: config.openapi.old_flows
#   severity: medium
#   controls: [OWASP-API2-2023, NIST-800-53-IA-2]
#   remediation: |-
#     Offer the flow with a code instead, and ask for PKCE:
#
#       flows:
#         authorizationCode:
#           authorizationUrl: https://login.example.com/authorize
#           tokenUrl: https://login.example.com/token
#           scopes: { read: Reads carts. }
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [openapi]
package config.openapi.old_flows

import data.lib.openapi
import data.lib.text

applies contains position if some position, _ in openapi.documents_written

finding contains {"message": message, "document": position, "part": $"{name}/{flow}", "pointer": pointer} if {
	some position, named in openapi.schemes
	some name, scheme in named
	scheme.type == "oauth2"
	some flow, _ in scheme.flows
	why := data.settings.config.openapi.old_flows[flow]
	pointer := $"/components/securitySchemes/{text.step(name)}/flows/{flow}"
	message := $"The security scheme {name} offers the {flow} flow of OAuth: {why}."
}
