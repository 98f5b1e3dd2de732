# METADATA
# title: Change ticket
# description: >-
#   A deployment names the ticket that asked for it, so that whoever looks at it a year later finds why it was done.
#   Where one is needed, and how its key is written, are settings.
# custom:
#   id: deploy.change_ticket
#   severity: low
#   controls: [SOC2-CC8.1, "ISO27001-A.8.32", NIST-800-53-CM-3]
#   remediation: |-
#     Send the key of the ticket with the request:
#
#       "ticket": "SHOP-482"
#
#     How a key is written is `tickets.pattern` of `policies/settings/deploy/data.json`.
#   waivable_by: [release-managers]
#   applies_requires: [/context/environment]
#   effective_on: "2026-01-01T00:00:00.000Z"
package deploy.change_ticket

import data.lib.tickets

settings := data.settings.deploy.tickets

applies if input.context.environment in settings.environments

finding contains {"message": message, "pointer": "/context/ticket"} if {
	not input.context.ticket
	message := $"{input.resource.id} goes to {input.context.environment} without a ticket."
}

finding contains {"message": message, "pointer": "/context/ticket", "remediation": remediation} if {
	input.context.ticket
	not is_key
	message := $"`{input.context.ticket}` is not the key of a ticket: {settings.example} is one."
	remediation := $"Send the key as the tracker writes it, such as {settings.example}."
}

is_key if tickets.is_key(input.context.ticket, settings.pattern)
