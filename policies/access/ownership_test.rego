package access.ownership_test

import data.access.ownership

settings := {"resources": ["service"], "exempt_roles": ["on-call"]}

request(roles, type, team) := {
	"subject": {"type": "user", "id": "dana", "properties": {"roles": roles, "team": team}},
	"action": {"name": "restart"},
	"resource": {"type": type, "id": "orders", "properties": {"owner": "orders"}},
}

messages(team) := found if {
	found := {finding.message | some finding in ownership.finding} with input as request([], "service", team)
}

applies(asked) if ownership.applies with input as asked with data.settings.access.ownership as settings

test_applies_to_what_is_owned if {
	applies(request(["developer"], "service", "purchase"))
	not applies(request(["developer"], "change", "purchase"))
	not applies(request(["developer", "on-call"], "service", "purchase"))
}

test_owners_may if messages("Orders") == set()

test_others_ask if messages("purchase") == {"dana is of team purchase, and service orders belongs to team orders."}
