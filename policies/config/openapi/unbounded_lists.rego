# METADATA
# title: Lists that callers send have an end
# description: >-
#   A list in a parameter, in a body, or in a property of a body has `maxItems`. Without one a single call may ask for as
#   much work and memory as its sender likes, whatever the limits on calls are.
# custom:
#   id: config.openapi.unbounded_lists
#   severity: low
#   controls: [OWASP-API4-2023, NIST-800-53-SC-5]
#   remediation: |-
#     Say how many there may be, and refuse more:
#
#       type: array
#       maxItems: 100
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [openapi]
package config.openapi.unbounded_lists

import data.lib.openapi
import data.lib.text

applies contains position if some position, _ in openapi.documents_written

# One finding a document: a bound is a habit of a document, not of an operation.
finding contains {"message": message, "document": position, "pointer": first[0]} if {
	some position, _ in openapi.operations_of
	found := lists(position)
	first := min([[list.pointer, list.name, list.title] | some list in found])
	message := $"{text.counted(count(found), "list")} that callers send may be of any length; the first is {first[1]} of {first[2]}."
}

lists(position) := array.concat(
	[list |
		some operation in openapi.operations_of[position]
		some parameter in openapi.parameters(operation)
		is_endless(openapi.resolved(position, parameter.spec.schema))
		list := {"title": operation.title, "name": parameter.spec.name, "pointer": parameter.pointer}
	],
	[list |
		some operation in openapi.operations_of[position]
		body := openapi.resolved(position, operation.spec.requestBody)
		some media in body.content
		schema := openapi.resolved(position, media.schema)
		some name in names(position, schema)
		list := {"title": operation.title, "name": name, "pointer": $"{operation.pointer}/requestBody"}
	],
)

# The body itself, and its properties; deeper ones are left to whoever reads the document.
names(position, schema) := array.concat(
	["the body" | is_endless(schema)],
	[$"the property {name}" | some name, value in schema.properties; is_endless(openapi.resolved(position, value))],
)

is_endless(schema) if {
	schema.type == "array"
	not is_number(object.get(schema, "maxItems", null))
}
