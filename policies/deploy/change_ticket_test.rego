package deploy.change_ticket_test

import data.deploy.change_ticket

settings := {"environments": ["production"], "pattern": "^[A-Z]+-[0-9]+$", "example": "SHOP-1"}

request(environment, ticket) := {
	"resource": {"id": "checkout"},
	"context": object.union({"environment": environment}, ticket),
}

messages(ticket) := found if {
	found := {finding.message | some finding in change_ticket.finding} with input as request("production", ticket)
		with data.settings.deploy.tickets as settings
}

test_applies_where_tickets_are_kept if {
	change_ticket.applies with input as request("production", {}) with data.settings.deploy.tickets as settings
	not change_ticket.applies with input as request("staging", {}) with data.settings.deploy.tickets as settings
}

test_a_key_is_enough if messages({"ticket": "SHOP-482"}) == set()

test_none_is_told if messages({}) == {"checkout goes to production without a ticket."}

test_what_is_no_key_is_told if messages({"ticket": "asap"}) == {"`asap` is not the key of a ticket: SHOP-1 is one."}
