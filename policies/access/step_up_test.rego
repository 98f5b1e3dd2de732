package access.step_up_test

import data.access.step_up

request(environment, action, strength) := {
	"subject": {"type": "user", "id": "ines"},
	"action": {"name": action},
	"context": {"environment": environment, "session": {"strength": strength}},
}

settings := {"production": ["passkey", "hardware_key"]}

findings(strength) := found if {
	found := step_up.finding with input as request("production", "restart", strength)
		with data.settings.access.strong_sessions as settings
}

applies(asked) if step_up.applies with input as asked with data.settings.access.strong_sessions as settings

test_applies_to_changes_where_it_is_asked_for if {
	applies(request("production", "restart", "password"))
	not applies(request("production", "read", "password"))
	not applies(request("staging", "restart", "password"))
}

test_a_strong_sign_in_passes if findings("passkey") == set()

test_a_weak_one_is_told if {
	some finding in findings("password")
	finding.message == "ines signed in with password; `restart` in production takes a stronger sign-in."
	finding.remediation == "Sign in again with one of these, then ask again: hardware_key, passkey."
}
