# METADATA
# title: No key travels in an address
# description: >-
#   No security scheme takes its key from the query of the address, and no parameter there is called like a secret: addresses
#   are in logs, in histories of browsers, and in what is sent to the next site.
# custom:
#   id: config.openapi.key_in_address
#   severity: medium
#   controls: [OWASP-API2-2023, NIST-800-53-SC-8, ISO27001-A.8.24]
#   remediation: |-
#     Take it from a header:
#
#       components:
#         securitySchemes:
#           token:
#             type: http
#             scheme: bearer
#
#     Or move the parameter into the body of a POST. Which names count is in `settings.config.openapi.secret_parameters`; up to how
#     many operations are named one by one in `named_at_most`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [openapi]
package config.openapi.key_in_address

import data.lib.openapi
import data.lib.text

applies contains position if some position, _ in openapi.documents_written

finding contains {"message": message, "document": position, "part": name, "pointer": pointer} if {
	some position, named in openapi.schemes
	some name, scheme in named
	scheme.type == "apiKey"
	scheme["in"] == "query"
	pointer := $"/components/securitySchemes/{text.step(name)}"
	message := $"The security scheme {name} takes its key from the address, which logs and histories keep."
}

finding contains {"message": message, "document": operation.position, "part": $"{operation.title} {parameter.spec.name}", "pointer": parameter.pointer} if {
	some taking in takings
	count(taking) <= data.settings.config.openapi.named_at_most
	some [operation, parameter] in taking
	message := $"{operation.title} takes {parameter.spec.name} from the address, which logs and histories keep."
}

# Many are one habit: the key of the whole document.
finding contains {"message": message, "document": position, "part": "parameters", "pointer": first[0]} if {
	some position, taking in takings
	count(taking) > data.settings.config.openapi.named_at_most
	first := min([[parameter.pointer, operation.title, parameter.spec.name] | some [operation, parameter] in taking])
	message := $"{count(taking)} operations take a secret from the address, which logs and histories keep; the first is {first[2]} of {first[1]}."
}

takings[position] := taking if {
	some position, here in openapi.operations_of
	taking := [[operation, parameter] |
		some operation in here
		some parameter in openapi.parameters(operation)
		parameter.spec["in"] == "query"
		lower(parameter.spec.name) in data.settings.config.openapi.secret_parameters
	]
}
