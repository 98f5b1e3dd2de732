package access.managed_device_test

import data.access.managed_device

request(environment, action, managed) := {
	"subject": {"type": "user", "id": "ines"},
	"action": {"name": action},
	"context": {"environment": environment, "device": {"managed": managed}},
}

messages(managed) := found if {
	found := {finding.message | some finding in managed_device.finding} with input as request("production", "restart", managed)
}

applies(asked) if managed_device.applies with input as asked with data.settings.access.managed_devices as ["production"]

test_applies_to_changes_where_it_is_asked_for if {
	applies(request("production", "restart", true))
	not applies(request("production", "read", true))
	not applies(request("staging", "restart", true))
}

test_a_managed_device_passes if messages(true) == set()

test_another_is_told if {
	messages(false) == {"ines asks from a device that nobody manages; `restart` in production takes one of the organisation's."}
}
