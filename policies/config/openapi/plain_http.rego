# METADATA
# title: Nothing is sent without TLS
# description: >-
#   No server, and no address of OAuth, begins with `http://`, but for this very machine: tokens and answers would be read by
#   everybody on the way.
# custom:
#   id: config.openapi.plain_http
#   severity: high
#   controls: [OWASP-API8-2023, NIST-800-53-SC-8, ISO27001-A.8.24]
#   remediation: |-
#     Write the address with `https://`:
#
#       servers:
#         - url: https://api.example.com/v1
#
#     Hosts that are this very machine are in `settings.config.openapi.local_hosts`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [openapi]
package config.openapi.plain_http

import data.lib.openapi
import data.lib.text

applies contains position if some position, _ in openapi.documents_written

finding contains {"message": message, "document": address.position, "part": address.url, "pointer": address.pointer} if {
	some address in addresses
	startswith(lower(address.url), "http://")
	not is_local(address.url)
	message := $"What is sent to {address.url} can be read on the way: it is not encrypted."
}

addresses := array.concat(
	[address |
		some position, content in openapi.documents_written
		some index, server in content.servers
		is_string(server.url)
		address := {"position": position, "url": server.url, "pointer": $"/servers/{index}/url"}
	],
	[address |
		some position, named in openapi.schemes
		some name, scheme in named
		some flow, spec in scheme.flows
		some key in ["authorizationUrl", "refreshUrl", "tokenUrl"]
		is_string(spec[key])
		address := {
			"position": position,
			"url": spec[key],
			"pointer": $"/components/securitySchemes/{text.step(name)}/flows/{flow}/{key}",
		}
	],
)

# A host in braces is filled in later: who serves it decides.
is_local(url) if {
	rest := trim_prefix(lower(url), "http://")
	some host in array.concat(data.settings.config.openapi.local_hosts, ["{"])
	startswith(rest, host)
}
