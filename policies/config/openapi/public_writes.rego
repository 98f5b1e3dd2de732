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
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [openapi]
package config.openapi.public_writes

import data.lib.openapi

applies contains position if some position, _ in openapi.documents_written

finding contains {"message": message, "document": operation.position, "part": operation.title, "pointer": operation.pointer} if {
	some operation in openapi.operations
	operation.method in data.settings.config.openapi.changing_methods
	openapi.is_public(operation)
	not makes_known(operation)
	not only_reads(operation)
	message := $"{operation.title} changes something, and is declared open to everybody."
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
