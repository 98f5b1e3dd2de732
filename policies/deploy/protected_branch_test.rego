package deploy.protected_branch_test

import data.deploy.protected_branch

settings := {"production": ["main", "release/*"]}

request(environment, branch) := {
	"resource": {"id": "checkout"},
	"context": {"environment": environment, "change": {"branch": branch}},
}

messages(branch) := found if {
	found := {finding.message | some finding in protected_branch.finding} with input as request("production", branch)
		with data.settings.deploy.branches as settings
}

test_applies_where_branches_are_named if {
	protected_branch.applies with input as request("production", "") with data.settings.deploy.branches as settings
	not protected_branch.applies with input as request("staging", "") with data.settings.deploy.branches as settings
}

test_a_branch_of_the_settings_passes if {
	every branch in ["main", "refs/heads/main", "release/2.15"] {
		messages(branch) == set()
	}
}

test_any_other_fails if {
	every branch in ["wip", "mainline", "release"] {
		messages(branch) == {$"checkout was built from `{branch}`; production takes main, release/*."}
	}
}
