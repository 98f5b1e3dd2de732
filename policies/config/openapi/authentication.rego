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
#     Up to how many operations are named one by one is `settings.config.openapi.named_at_most`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [openapi]
package config.openapi.authentication

import data.lib.openapi
import data.lib.text

applies contains position if some position, _ in openapi.documents_written

finding contains {"message": message, "document": position, "pointer": "/paths"} if {
	some position, found in silent
	count(found.operations) == found.of
	message := $"Nothing in this document says who may call its {text.counted(found.of, "operation")}: by the standard everybody may."
}

finding contains {"message": message, "document": position, "part": operation.title, "pointer": operation.pointer} if {
	some position, found in silent
	count(found.operations) < found.of
	count(found.operations) <= data.settings.config.openapi.named_at_most
	some operation in found.operations
	message := $"{operation.title} does not say who may call it, as others here do: by the standard everybody may."
}

finding contains {"message": message, "document": position, "pointer": first[0]} if {
	some position, found in silent
	count(found.operations) < found.of
	count(found.operations) > data.settings.config.openapi.named_at_most
	first := min([[operation.pointer, operation.title] | some operation in found.operations])
	message := $"{count(found.operations)} of {found.of} operations do not say who may call them, such as {first[1]}: by the standard everybody may."
}

silent[position] := {"operations": silents, "of": count(here)} if {
	some position, here in openapi.operations_of
	silents := [operation | some operation in here; openapi.security(operation) == null]
	count(silents) > 0
}
