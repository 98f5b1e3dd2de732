# METADATA
# title: Every security scheme is asked for
# description: >-
#   No security scheme is defined that nothing asks for, where others are asked for. Who reads the document takes it for
#   what protects the API; it protects nothing.
# custom:
#   id: config.openapi.unused_schemes
#   severity: low
#   controls: [OWASP-API8-2023, NIST-800-53-CM-6]
#   remediation: |-
#     Ask for it where it is meant to protect:
#
#       security:
#         - token: []
#
#     or remove it from `components.securitySchemes`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [openapi]
package config.openapi.unused_schemes

import data.lib.openapi
import data.lib.text

applies contains position if some position, _ in openapi.documents_written

# Where nothing is asked for, `config.openapi.authentication` says so.
finding contains {"message": message, "document": position, "part": name, "pointer": pointer} if {
	some position, named in openapi.schemes
	asked := used[position]
	some name, _ in named
	not name in asked
	not is_referred_to(name, asked)
	pointer := $"/components/securitySchemes/{text.step(name)}"
	message := $"The security scheme {name} is defined, and nothing asks for it: it protects nothing."
}

used[position] contains name if {
	some position, content in openapi.documents_written
	walk([object.get(content, "webhooks", {}), callbacks(position)], [path, requirements])
	path[count(path) - 1] == "security"
	some requirement in requirements
	some name, _ in requirement
}

used[use.position] contains name if {
	some use in openapi.uses
	some name, _ in use.requirement
}

callbacks(position) := [operation.spec.callbacks | some operation in openapi.operations_of[position]]

# Since 3.2 a scheme may be named by its address.
is_referred_to(name, asked) if {
	some reference in asked
	endswith(reference, $"/{name}")
}
