# METADATA
# title: Protected operations say how they refuse
# description: >-
#   An operation that asks for credentials declares what it answers without them: 401 or 403, a `4XX`, or a `default`.
#   Clients and tests are made from the document: what it does not say is neither handled nor tried.
# custom:
#   id: config.openapi.refusals
#   severity: low
#   controls: [OWASP-API8-2023, NIST-800-53-SI-11]
#   remediation: |-
#     Write it once, and refer to it:
#
#       responses:
#         '401':
#           $ref: '#/components/responses/Unauthorized'
#
#     Which answers count is in `settings.config.openapi.refusals`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [openapi]
package config.openapi.refusals

import data.lib.openapi
import data.lib.text

applies contains position if some position, _ in openapi.documents_written

# One finding a document: whoever mends one operation mends all.
finding contains {"message": message, "document": position, "pointer": $"{first[0]}/responses"} if {
	some position, here in openapi.operations_of
	protected := [operation | some operation in here; is_protected(operation)]
	silent := [operation | some operation in protected; not refuses(operation)]
	first := min([[operation.pointer, operation.title] | some operation in silent])
	message := $"{count(silent)} of {text.counted(count(protected), "protected operation")} {declare(silent)} no refusal, such as 401 or 403; the first is {first[1]}."
}

is_protected(operation) if {
	count(openapi.security(operation)) > 0
	not openapi.is_public(operation)
}

refuses(operation) if {
	some status, _ in operation.spec.responses
	status in data.settings.config.openapi.refusals
}

declare(operations) := "declares" if {
	count(operations) == 1
} else := "declare"
