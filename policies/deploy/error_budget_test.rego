package deploy.error_budget_test

import data.deploy.error_budget

settings := {"remaining": {"production": 0.1}, "exempt": ["fix"]}

request(environment, kind, remaining) := {
	"resource": {"id": "checkout"},
	"context": {"environment": environment, "change": {"kind": kind}, "evidence": {"error_budget": {"remaining": remaining}}},
}

messages(remaining) := found if {
	found := {finding.message | some finding in error_budget.finding} with input as request("production", "feature", remaining)
		with data.settings.deploy.error_budget as settings
}

applies(asked) if error_budget.applies with input as asked with data.settings.deploy.error_budget as settings

test_applies_to_what_mends_nothing if {
	applies(request("production", "feature", 0))
	not applies(request("production", "fix", 0))
	not applies(request("staging", "feature", 0))
}

test_enough_passes if messages(0.1) == set()

test_too_little_is_told if {
	messages(0) == {"checkout has 0 of its error budget left; production wants 0.1 for a change that mends nothing."}
}
