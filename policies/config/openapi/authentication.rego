# METADATA
# title: Every operation says who may call it
# description: >-
#   The document, or each operation, has a `security`. An operation without any is open to everybody by the standard, though
#   hardly anybody means that; `security: []` says so on purpose.
# custom:
#   id: config.openapi.authentication
#   severity: high
#   controls: [OWASP-API2-2023, NIST-800-53-IA-2, SOC2-CC6.1]
#   remediation: |-
#     Protect everything by default, at the top of the document:
#
#       security:
#         - token: []
#
#     and say where everybody may call:
#
#       security: []
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [openapi]
package config.openapi.authentication

import data.lib.openapi

applies contains position if some position, _ in openapi.documents_written

finding contains {"message": message, "document": position, "pointer": "/paths"} if {
	some position, count_of in silent
	count_of.some_are_said == false
	message := $"Nothing in this document says who may call its {count_of.silent} operations: by the standard everybody may."
}

finding contains {"message": message, "document": operation.position, "part": operation.title, "pointer": operation.pointer} if {
	some operation in openapi.operations
	is_silent(operation)
	silent[operation.position].some_are_said
	message := $"{operation.title} does not say who may call it, as others here do: by the standard everybody may."
}

# A document that never says anything gets one finding, not one for each operation.
silent[position] := {"silent": count(silents), "some_are_said": count(silents) < count(here)} if {
	some position, here in openapi.operations_of
	silents := [operation | some operation in here; is_silent(operation)]
	count(silents) > 0
}

is_silent(operation) if openapi.security(operation) == null
