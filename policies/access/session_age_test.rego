package access.session_age_test

import data.access.session_age

request(environment, action, started) := {
	"subject": {"type": "user", "id": "ines"},
	"action": {"name": action},
	"context": {"environment": environment, "session": {"started_at": started}},
	"now": "2026-11-25T12:00:00.000Z",
}

messages(started) := found if {
	found := {finding.message | some finding in session_age.finding} with input as request("production", "restart", started)
		with data.settings.access.session_minutes as {"production": 60}
}

applies(asked) if session_age.applies with input as asked with data.settings.access.session_minutes as {"production": 60}

test_applies_to_changes_where_it_is_bounded if {
	applies(request("production", "restart", ""))
	not applies(request("production", "read", ""))
	not applies(request("staging", "restart", ""))
}

test_a_young_session_passes if messages("2026-11-25T11:00:00Z") == set()

test_an_old_one_is_told if {
	messages("2026-11-25T10:00:00Z") == {"ines signed in at 2026-11-25T10:00:00Z; `restart` in production takes a session of at most 60 minutes."}
}
