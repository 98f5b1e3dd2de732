package access.separation_of_duties_test

import data.access.separation_of_duties

settings := [{"resources": ["change"], "actions": ["release"], "duties": ["request", "approve"]}]

request(action, type, duties) := {
	"subject": {"type": "user", "id": "grace"},
	"action": {"name": action},
	"resource": {"type": type, "id": "42"},
	"context": {"duties": duties},
}

messages(asked) := found if {
	found := {finding.message | some finding in separation_of_duties.finding} with input as asked
		with data.settings.access.separated_duties as settings
}

applies(asked) if {
	separation_of_duties.applies with input as asked with data.settings.access.separated_duties as settings
}

test_applies_to_what_is_separated if {
	applies(request("release", "change", {}))
	not applies(request("read", "change", {}))
	not applies(request("release", "holiday", {}))
}

test_a_third_person_may if messages(request("release", "change", {"request": "dana", "approve": "hugo"})) == set()

test_who_did_one_duty_may_not_do_the_other if {
	messages(request("release", "change", {"request": "Grace", "approve": "hugo"})) == {"grace did `request` on change 42, and so may not `release` it."}
}

test_an_unknown_doer_may_be_anybody if {
	messages(request("release", "change", {"request": "dana"})) == {"Who did `approve` on change 42 is not known, so it may have been grace."}
}
