package access.service_accounts_test

import data.access.service_accounts

request(type, action) := {
	"subject": {"type": type, "id": "pipeline"},
	"action": {"name": action},
	"resource": {"type": "service", "id": "orders"},
}

messages(action) := found if {
	found := {finding.message | some finding in service_accounts.finding} with input as request("service", action)
		with data.settings.access.only_people as ["shell"]
}

test_applies_to_machines if {
	service_accounts.applies with input as request("service", "shell")
	not service_accounts.applies with input as request("user", "shell")
}

test_a_machine_does_what_machines_do if messages("restart") == set()

test_a_machine_is_no_person if {
	messages("shell") == {"pipeline is a service account, and `shell` on service orders is for people only."}
}
