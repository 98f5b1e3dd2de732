package config.github.permissions_test

import data.config.github.permissions

findings(content) := found if {
	found := permissions.finding with input.context.documents as [workflow(content)]
}

workflow(content) := {"type": "github/workflow", "operation": "update", "content": object.union({"on": "push"}, content)}

test_applies_to_workflows if {
	permissions.applies == {0} with input.context.documents as [workflow({})]
}

test_it_is_enough_that_the_workflow_or_each_job_says_it if {
	findings({"permissions": {}, "jobs": {"a": {}}}) == set()
	findings({"jobs": {"a": {"permissions": {"contents": "read"}}}}) == set()
	findings({"on": "workflow_call", "jobs": {"a": {}}}) == set()
	findings({"permissions": null, "jobs": {"a": {}}}) == set()
}

test_jobs_that_nobody_speaks_of_are_named if {
	some finding in findings({"jobs": {"b": {}, "a": {}, "c": {"permissions": {}}}})
	startswith(finding.message, "Nothing says what the token may do in a, b: ")
	finding.pointer == "/jobs"
}

test_everything_is_too_much if {
	{finding.part | some finding in findings({"permissions": "write-all", "jobs": {}})} == {"write-all"}
	some finding in findings({"permissions": {}, "jobs": {"a": {"permissions": "write-all"}}})
	finding.part == "a/write-all"
	finding.pointer == "/jobs/a/permissions"
}

test_what_one_job_needs_is_not_for_all if {
	found := permissions.finding with input.context.documents as [workflow({"permissions": {"contents": "write", "issues": "write"}, "jobs": {"b": {}, "a": {}}})]
		with data.settings.config.github.powerful_permissions as ["contents", "packages"]
	some finding in found
	finding.message == "The workflow lets the token of each of a, b write contents: whatever runs in one of these jobs may, whether or not the job needs it."
	finding.part == "permissions"
	finding.pointer == "/permissions/contents"
	contains(finding.remediation, "    a:\n      permissions:\n        contents: write")
}

test_one_job_may_have_what_the_workflow_says if {
	every spec in [
		{"permissions": {"contents": "write"}, "jobs": {"a": {}}},
		{"permissions": {"contents": "write"}, "jobs": {"a": {}, "b": {"permissions": {}}}},
		{"permissions": {"contents": "read"}, "jobs": {"a": {}, "b": {}}},
		{"permissions": {"issues": "write"}, "jobs": {"a": {}, "b": {}}},
	] {
		found := permissions.finding with input.context.documents as [workflow(spec)]
			with data.settings.config.github.powerful_permissions as ["contents"]
		found == set()
	}
}
