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
	some [_, name], asking in misnamed
	count(asking) <= data.settings.config.openapi.named_at_most
	some use in asking
	message := $"{use.title} asks for the security scheme {name}, which this document does not define: nothing checks it."
}

# Many are one habit: the name of the whole document.
finding contains {"message": message, "document": position, "part": name, "pointer": asking[0].pointer} if {
	some [position, name], asking in misnamed
	count(asking) > data.settings.config.openapi.named_at_most
	message := $"The document asks {count(asking)} times for the security scheme {name}, which it does not define: nothing checks it. The first is {asking[0].title}."
}

# By position and name.
misnamed[[position, name]] := asking if {
	some use in openapi.uses
	some name, _ in use.requirement
	not is_reference(name)
	position := use.position
	not openapi.schemes[position][name]
	asking := [other | some other in openapi.uses; other.position == position; name in object.keys(other.requirement)]
}

# Since 3.2 a name may be the address of a scheme elsewhere.
is_reference(name) if contains(name, "/")
