# METADATA
# title: Each operationId names one operation
# description: >-
#   No two operations have one `operationId`. Clients, permissions and gateways take it for a name: one of the two is then
#   called, or protected, as the other.
# custom:
#   id: config.openapi.unique_operations
#   severity: medium
#   controls: [OWASP-API9-2023, NIST-800-53-CM-6]
#   remediation: |-
#     Give each its own:
#
#       operationId: readCart
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [openapi]
package config.openapi.unique_operations

import data.lib.openapi

applies contains position if some position, _ in openapi.documents_written

finding contains {"message": message, "document": operation.position, "part": operation.title, "pointer": $"{operation.pointer}/operationId"} if {
	some operation in openapi.operations
	id := operation.spec.operationId
	places := sort(named[operation.position][id])
	places[0] != operation.title
	message := $"{operation.title} is called {id}, as {places[0]} is: whoever goes by that name takes one for the other."
}

# By position and id: collected in one pass, since documents may have thousands of operations.
named[operation.position][operation.spec.operationId] contains operation.title if some operation in openapi.operations
