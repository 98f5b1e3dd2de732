package deploy.rollback_possible_test

import data.deploy.rollback_possible

settings := {"environments": ["production"], "reversible": ["none"]}

request(environment, rollback) := {
	"resource": {"id": "checkout"},
	"context": {"environment": environment, "evidence": {"rollback": rollback}},
}

messages(rollback) := found if {
	found := {finding.message | some finding in rollback_possible.finding} with input as request("production", rollback)
		with data.settings.deploy.rollback as settings
		with data.settings.deploy.digests as {"sha256": 2}
}

test_applies_where_a_way_back_is_needed if {
	rollback_possible.applies with input as request("production", {}) with data.settings.deploy.rollback as settings
	not rollback_possible.applies with input as request("staging", {}) with data.settings.deploy.rollback as settings
}

test_an_image_and_no_migration_is_a_way_back if {
	messages({"digest": "sha256:ab", "migrations": "none"}) == set()
	messages({"first": true, "migrations": "none"}) == set()
}

test_what_is_missing_is_told if {
	messages({}) == {
		"checkout names no image to go back to if the new one fails in production.",
		"checkout may find no way back in production: its migrations are not said.",
	}
	messages({"digest": "latest", "migrations": "irreversible"}) == {
		"checkout names no image to go back to if the new one fails in production.",
		"checkout may find no way back in production: its migrations are irreversible.",
	}
}
