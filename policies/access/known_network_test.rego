package access.known_network_test

import data.access.known_network

request(network) := {
	"subject": {"type": "user", "id": "ines"},
	"action": {"name": "restart"},
	"context": {"environment": "production", "network": {"name": network}},
}

messages(network) := found if {
	found := {finding.message | some finding in known_network.finding} with input as request(network)
		with data.settings.access.networks as {"production": ["office", "vpn"]}
}

test_applies_where_networks_are_named if {
	known_network.applies with input as request("vpn") with data.settings.access.networks as {"*": ["vpn"]}
	not known_network.applies with input as request("vpn") with data.settings.access.networks as {}
	machine := object.union(request("vpn"), {"subject": {"type": "service"}})
	not known_network.applies with input as machine with data.settings.access.networks as {"*": ["vpn"]}
}

test_a_known_network_passes if messages("vpn") == set()

test_another_is_told if {
	messages("guest") == {"ines asks for `restart` in production from the network guest, which is none of those that are known."}
}
