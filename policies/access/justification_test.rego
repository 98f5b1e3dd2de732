package access.justification_test

import data.access.justification

settings := {"actions": ["delete"], "environments": ["production"], "characters": 10}

request(action, environment, context) := {
	"subject": {"type": "user", "id": "kofi"},
	"action": {"name": action},
	"resource": {"type": "database", "id": "orders"},
	"context": object.union({"environment": environment}, context),
}

messages(context) := found if {
	found := {finding.message | some finding in justification.finding} with input as request("delete", "production", context)
		with data.settings.access.justified as settings
}

applies(asked) if justification.applies with input as asked with data.settings.access.justified as settings

test_applies_to_what_cannot_be_undone if {
	applies(request("delete", "production", {}))
	not applies(request("delete", "staging", {}))
	not applies(request("read", "production", {}))
}

test_a_sentence_is_enough if messages({"justification": "The customer asked for it"}) == set()

test_none_and_a_word_are_not if {
	messages({}) == {"kofi wants to `delete` database orders in production and does not say why."}
	messages({"justification": " cleanup "}) == {"kofi wants to `delete` database orders in production and says only “cleanup”."}
}
