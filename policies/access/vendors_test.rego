package access.vendors_test

import data.access.vendors

request(properties) := {
	"now": "2026-11-25T12:00:00.000Z",
	"subject": {"type": "user", "id": "vera", "properties": properties},
	"context": {"environment": "production"},
}

good := {"external": true, "sponsor": "grace", "contract_ends_at": "2027-03-31T00:00:00Z"}

messages(properties) := found if {
	found := {finding.message | some finding in vendors.finding} with input as request(properties)
}

test_applies_to_people_where_it_is_asked_for if {
	vendors.applies with input as request(good) with data.settings.access.vendor_environments as ["production"]
	not vendors.applies with input as request(good) with data.settings.access.vendor_environments as []
	machine := object.union(request(good), {"subject": {"type": "service"}})
	not vendors.applies with input as machine with data.settings.access.vendor_environments as ["production"]
}

test_one_of_the_house_or_with_a_sponsor_passes if {
	messages({"external": false}) == set()
	messages(good) == set()
}

test_others_are_told if {
	messages(object.union(good, {"sponsor": " Vera "})) == {"vera is of a vendor, and nobody else is named who answers for the access."}
	messages(object.union(good, {"contract_ends_at": "2026-11-25T12:00:00Z"})) == {"vera is of a vendor, and is not shown to have a contract now: it ends at 2026-11-25T12:00:00Z."}
	count(messages({"external": true})) == 2
}
