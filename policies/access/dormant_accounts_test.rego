package access.dormant_accounts_test

import data.access.dormant_accounts

request(last) := {
	"subject": {"type": "user", "id": "dana", "properties": {"last_active_at": last}},
	"now": "2026-11-25T12:00:00.000Z",
}

messages(last) := found if {
	found := {finding.message | some finding in dormant_accounts.finding} with input as request(last)
		with data.settings.access.dormant_days as 30
}

test_applies_to_people if {
	dormant_accounts.applies with input as request("")
	not dormant_accounts.applies with input as {"subject": {"type": "service"}}
}

test_an_account_in_use_passes if messages("2026-11-01T12:00:00Z") == set()

test_a_sleeping_one_is_told if {
	messages("2026-10-01T12:00:00Z") == {"The account of dana is not shown to be used in the last 30 days: the last time was 2026-10-01T12:00:00Z."}
}
