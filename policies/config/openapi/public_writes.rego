# METADATA
# title: What changes something is not open to everybody
# description: >-
#   An operation that writes is not declared public, but for those that make the caller known: signing in, tokens, webhooks
#   that carry a signature. A POST that by its path only asks for something, such as a search, is none.
# custom:
#   id: config.openapi.public_writes
#   severity: medium
#   controls: [OWASP-API5-2023, NIST-800-53-AC-3, SOC2-CC6.1]
#   remediation: |-
#     Remove the `security: []` or the empty `{}` of the operation, or name what it asks for:
#
#       security:
#         - token: []
#
#     Words of paths that may be public are in `settings.config.openapi.public_words`, those that only ask in `reading_words`.
#     Up to how many operations are named one by one is `named_at_most`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [openapi]
package config.openapi.public_writes

import data.lib.openapi

applies contains position if some position, _ in openapi.documents_written

finding contains {"message": message, "document": operation.position, "part": operation.title, "pointer": operation.pointer} if {
	some list in open_writes
	count(list) <= data.settings.config.openapi.named_at_most
	some operation in list
	message := $"{operation.title} changes something, and is declared open to everybody."
}

# Many are one decision: to leave the door open.
finding contains {"message": message, "document": position, "pointer": first[0]} if {
	some position, list in open_writes
	count(list) > data.settings.config.openapi.named_at_most
	first := min([[operation.pointer, operation.title] | some operation in list])
	message := $"{count(list)} operations change something, and are declared open to everybody; the first is {first[1]}."
}

open_writes[position] := list if {
	some position, here in openapi.operations_of
	list := [operation |
		some operation in here
		operation.method in data.settings.config.openapi.changing_methods
		openapi.is_public(operation)
		not makes_known(operation)
		not only_reads(operation)
	]
}

makes_known(operation) if {
	some word in data.settings.config.openapi.public_words
	contains(lower(operation.path), word)
}

# A search has too much to say for an address.
only_reads(operation) if {
	operation.method == "post"
	some segment in split(lower(operation.path), "/")
	segment in data.settings.config.openapi.reading_words
}
