# METADATA
# title: Changes come from known networks
# description: >-
#   A person who changes something in an environment that matters comes from a network that is known: the office, or the way
#   in that asks who one is. The networks of each environment are settings, by the names that the gateway gives them; while
#   none is named, the rule has nothing to say.
# custom:
#   id: access.known_network
#   severity: medium
#   controls: [SOC2-CC6.6, "ISO27001-A.8.20", NIST-800-53-AC-17]
#   remediation: |-
#     Connect by a network that is known, and let the gateway say which one it is:
#
#       "network": { "name": "vpn" }
#
#     Their names are `networks` of `policies/settings/access/data.json`.
#   waivable_by: [platform-security]
#   applies_requires: [/context/environment, /action/name, /subject/type]
#   requires: [/context/network/name]
#   effective_on: "2026-01-01T00:00:00.000Z"
package access.known_network

import data.lib.actions
import data.lib.environments

applies if {
	actions.changed_by_person
	known != null
}

finding contains {"message": message, "pointer": "/context/network/name", "remediation": remediation} if {
	not input.context.network.name in known
	message := $"{input.subject.id} asks for `{input.action.name}` in {input.context.environment} from the network {input.context.network.name}, which is none of those that are known."
	remediation := $"Connect by one of these networks: {concat(", ", sort(known))}."
}

known := environments.setting(data.settings.access.networks, input.context.environment)
