package access.break_glass_test

import data.access.break_glass

settings := {"actions": ["break_glass"], "hours": 4, "characters": 10, "ticket": "^INC-[0-9]+$"}

request(action, context) := {
	"subject": {"type": "user", "id": "ines"},
	"action": {"name": action},
	"resource": {"type": "service", "id": "orders"},
	"context": context,
	"now": "2026-11-25T12:00:00.000Z",
}

good := {"justification": "Orders are stuck", "ticket": "INC-7", "expires_at": "2026-11-25T16:00:00Z"}

messages(context) := found if {
	found := {finding.message | some finding in break_glass.finding} with input as request("break_glass", context)
		with data.settings.access.break_glass as settings
}

test_applies_to_emergencies if {
	break_glass.applies with input as request("break_glass", {}) with data.settings.access.break_glass as settings
	not break_glass.applies with input as request("restart", {}) with data.settings.access.break_glass as settings
}

test_a_reason_an_incident_and_an_end_are_enough if messages(good) == set()

test_each_that_is_missing_is_told if {
	messages({}) == {
		"ines's `break_glass` on service orders does not say why.",
		"ines's `break_glass` on service orders names no incident.",
		"ines's `break_glass` on service orders has no end.",
	}
}

test_an_end_is_ahead_and_near if {
	every end in ["2026-11-25T16:01:00Z", "2026-11-25T11:00:00Z"] {
		messages(object.union(good, {"expires_at": end})) == {$"ines's `break_glass` on service orders ends at {end}, which is not within the next 4 hours."}
	}
}
