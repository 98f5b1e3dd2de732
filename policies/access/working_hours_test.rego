package access.working_hours_test

import data.access.working_hours

hours := {"days": ["mon", "tue"], "from": "06:00", "to": "18:00", "exempt_roles": ["on-call"]}

request(now, roles) := {
	"now": now,
	"subject": {"type": "user", "id": "ines", "properties": {"roles": roles}},
	"action": {"name": "restart"},
	"context": {"environment": "production"},
}

messages(now, roles) := found if {
	found := {finding.message | some finding in working_hours.finding} with input as request(now, roles)
		with data.settings.access.working_hours as {"production": hours}
}

test_applies_to_changes_where_there_are_hours if {
	working_hours.applies with input as request("", []) with data.settings.access.working_hours as {"production": hours}
	not working_hours.applies with input as request("", []) with data.settings.access.working_hours as {}
	reading := object.union(request("", []), {"action": {"name": "read"}})
	not working_hours.applies with input as reading with data.settings.access.working_hours as {"production": hours}
}

test_in_hours_or_on_call_passes if {
	messages("2026-11-24T06:00:00.000Z", []) == set()
	messages("2026-11-24T03:00:00.000Z", ["on-call"]) == set()
}

test_another_time_is_told if {
	messages("2026-11-24T18:00:00.000Z", ["developer"]) == {"ines asks for `restart` in production on tue 18:00 UTC, outside of mon, tue from 06:00 to 18:00."}
	count(messages("2026-11-25T12:00:00.000Z", [])) == 1
}
