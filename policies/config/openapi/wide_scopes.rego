# METADATA
# title: Scopes say what they allow
# description: >-
#   No scope of OAuth stands for everything, such as `*`. Whoever holds one token of it, or steals one, may do whatever the
#   API can; and nobody can ask for less.
# custom:
#   id: config.openapi.wide_scopes
#   severity: medium
#   controls: [OWASP-API5-2023, NIST-800-53-AC-6, SOC2-CC6.3]
#   remediation: |-
#     Define scopes for what callers do, and ask each operation's own:
#
#       scopes:
#         carts:read: Reads carts.
#         carts:write: Changes carts.
#
#     Which names stand for everything is in `settings.config.openapi.wide_scopes`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [openapi]
package config.openapi.wide_scopes

import data.lib.openapi
import data.lib.text

applies contains position if some position, _ in openapi.documents_written

finding contains {"message": message, "document": position, "part": $"{name}/{scope}", "pointer": pointer} if {
	some position, named in openapi.schemes
	some name, scheme in named
	some flow, spec in scheme.flows
	some scope, _ in spec.scopes
	is_wide(scope)
	pointer := $"/components/securitySchemes/{text.step(name)}/flows/{flow}/scopes/{text.step(scope)}"
	message := $"The scope {scope} of the security scheme {name} stands for everything: one token of it may do whatever the API can."
}

# Scopes of OpenID Connect are defined elsewhere; here they are only asked for.
finding contains {"message": message, "document": use.position, "part": $"{name}/{scope}", "pointer": use.pointer} if {
	some use in openapi.uses
	some name, scopes in use.requirement
	openapi.schemes[use.position][name].type == "openIdConnect"
	some scope in scopes
	is_wide(scope)
	message := $"{use.title} asks for the scope {scope}, which stands for everything: a token of it may do whatever the API can."
}

is_wide(scope) if lower(scope) in data.settings.config.openapi.wide_scopes
