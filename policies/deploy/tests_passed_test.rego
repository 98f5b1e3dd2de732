package deploy.tests_passed_test

import data.deploy.tests_passed

settings := {"production": ["test"], "development": []}

request(environment, checks) := {"context": {"environment": environment, "change": {"commit": "4f2c9e1d7a"}, "checks": checks}}

messages(checks) := found if {
	found := {finding.message | some finding in tests_passed.finding} with input as request("production", checks)
		with data.settings.deploy.required_checks as settings
}

test_applies_where_a_check_is_needed if {
	tests_passed.applies with input as request("production", []) with data.settings.deploy.required_checks as settings
	not tests_passed.applies with input as request("development", []) with data.settings.deploy.required_checks as settings
	not tests_passed.applies with input as request("other", []) with data.settings.deploy.required_checks as settings
}

test_a_success_of_the_commit_is_enough if {
	messages([{"name": "test", "conclusion": "success", "commit": "4F2C9E1D7A"}]) == set()
}

test_anything_else_is_not if {
	head := "production needs the check `test` to succeed on 4f2c9e1: "
	messages([]) == {$"{head}no result was sent."}
	messages([{"name": "lint", "conclusion": "success", "commit": "4f2c9e1d7a"}]) == {$"{head}no result was sent."}
	messages([{"name": "test", "conclusion": "success"}]) == {$"{head}the result that was sent names no commit."}
	messages([{"name": "test", "conclusion": "success", "commit": "9a1b"}]) == {$"{head}the result that was sent is of another commit."}
	messages([{"name": "test", "conclusion": "failure", "commit": "4f2c9e1d7a"}]) == {$"{head}it ended with failure."}
}
