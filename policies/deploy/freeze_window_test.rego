package deploy.freeze_window_test

import data.deploy.freeze_window

freezes := {
	"closed": {
		"environments": ["*"], "services": ["checkout"], "lets_through": ["emergency", "rollback"],
		"opens": "2026-12-01T00:00:00Z", "closes": "2026-12-02T00:00:00Z", "why": "stock-taking",
	},
	"strict": {
		"environments": ["production"], "services": ["*"], "lets_through": [],
		"opens": "2026-12-05T00:00:00Z", "closes": "2026-12-06T00:00:00Z", "why": "the move",
	},
}

request(environment, kind, now) := {
	"resource": {"type": "service", "id": "checkout"},
	"context": {"environment": environment, "change": {"kind": kind}},
	"now": now,
}

findings(asked) := found if {
	found := freeze_window.finding with input as asked with data.settings.deploy.freezes as freezes
}

applies(asked) if {
	freeze_window.applies with input as asked with data.settings.deploy.freezes as freezes
}

test_applies_where_some_freeze_covers if {
	applies(request("staging", "feature", ""))
	not applies({"resource": {"id": "cart"}, "context": {"environment": "staging"}})
}

test_passes_outside if findings(request("production", "feature", "2026-12-02T00:00:00.000Z")) == set()

test_fails_inside if {
	some finding in findings(request("staging", "feature", "2026-12-01T10:00:00.000Z"))
	finding.message == "checkout is frozen in staging until 2026-12-02T00:00:00Z: stock-taking."
	finding.remediation == "Deploy after 2026-12-02T00:00:00Z. A change whose `context.change.kind` is one of these goes through: emergency, rollback."
}

test_lets_an_emergency_through if {
	findings(request("staging", "emergency", "2026-12-01T10:00:00.000Z")) == set()
}

test_a_strict_one_lets_nothing_through if {
	some finding in findings(request("production", "emergency", "2026-12-05T10:00:00.000Z"))
	finding.remediation == "Deploy after 2026-12-06T00:00:00Z. No kind of change goes through before."
}
