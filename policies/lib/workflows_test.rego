package lib.workflows_test

import data.lib.workflows

documents := [
	{"type": "kubernetes/Pod", "operation": "update", "content": {"jobs": {"no": {"steps": [{"run": "no"}]}}}},
	{"type": "github/workflow", "operation": "update", "content": {
		"env": {"A": "workflow", "B": "workflow"},
		"jobs": {
			"a/b": {"env": {"B": "job"}, "steps": [
				{"id": "one", "name": "two"},
				{"name": "two", "env": {"C": "step"}},
				{"uses": "three@v1", "env": "${{ fromJSON(inputs.env) }}"},
				{"run": "\n  four\n  more"},
				{"run": " "},
			]},
			"call": {"uses": "./.github/workflows/a.yml"},
		},
	}},
]

test_every_step_is_gathered_and_labelled if {
	found := workflows.steps with input.context.documents as documents
	[[step.position, step.job, step.label, step.pointer] | some step in found] == [
		[1, "a/b", "one", "/jobs/a~1b/steps/0"],
		[1, "a/b", "two", "/jobs/a~1b/steps/1"],
		[1, "a/b", "three@v1", "/jobs/a~1b/steps/2"],
		[1, "a/b", "Run four", "/jobs/a~1b/steps/3"],
		[1, "a/b", "without a name", "/jobs/a~1b/steps/4"],
	]
}

test_steps_that_run_side_by_side_are_steps if {
	list := [{"id": "one"}, {"parallel": [{"id": "two"}, {"id": "three"}]}, {"id": "four"}]
	found := {"steps": workflows.steps, "action": workflows.action_steps} with input.context.documents as [
		{"type": "github/workflow", "operation": "update", "content": {"jobs": {"a": {"steps": list}}}},
		{"type": "github/action", "operation": "update", "content": {"runs": {"steps": list}}},
	]
	{[step.index, step.label, step.pointer] | some step in found.steps; step.spec.id} == {
		[0, "one", "/jobs/a/steps/0"],
		[1, "two", "/jobs/a/steps/1/parallel/0"],
		[1, "three", "/jobs/a/steps/1/parallel/1"],
		[2, "four", "/jobs/a/steps/2"],
	}
	"/runs/steps/1/parallel/1" in {step.pointer | some step in found.action}
}

test_what_starts_a_workflow_is_a_set_of_events if {
	found := workflows.triggers with input.context.documents as [{"type": "github/workflow", "operation": "update", "content": content} |
		some content in [{"on": "push"}, {"on": ["push", "pull_request"]}, {"true": {"push": null}}, {"on": 3}, {}]
	]
	found == {0: {"push"}, 1: {"push", "pull_request"}, 2: {"push"}, 3: set(), 4: set()}
}

test_every_variable_is_gathered_where_it_is_written if {
	found := workflows.variables with input.context.documents as documents
	[[variable.where, variable.part, variable.pointer, variable.value] | some variable in found] == [
		["workflow", "A", "/env/A", "workflow"],
		["workflow", "B", "/env/B", "workflow"],
		["job a/b", "a/b/B", "/jobs/a~1b/env/B", "job"],
		["step “two” of the job a/b", "a/b/two/C", "/jobs/a~1b/steps/1/env/C", "step"],
	]
}

test_the_conditions_of_a_step_are_its_own_and_its_jobs if {
	step := {"position": 0, "job": "a", "spec": {"if": "A == B"}}
	workflows.conditions(step) == ["c", "a==b"] with input.context.documents as [{
		"type": "github/workflow",
		"operation": "update",
		"content": {"jobs": {"a": {"if": "c"}}},
	}]
}

test_the_containers_of_a_job_are_its_own_and_its_services if {
	found := workflows.containers with input.context.documents as [{
		"type": "github/workflow",
		"operation": "update",
		"content": {"jobs": {"a": {"container": "image:1", "services": {"b": {"image": "image:2"}}}, "c": {}}},
	}]
	[[container.where, container.part, container.pointer] | some container in found] == [
		["container of the job a", "a/container", "/jobs/a/container"],
		["service b of the job a", "a/services/b", "/jobs/a/services/b"],
	]
}

test_what_lies_in_the_repository_is_its_own if {
	workflows.is_own("./actions/a")
	workflows.is_own("$/actions/a")
	not workflows.is_own("vendor/action@v1")
	workflows.owner("Vendor/action@v1") == "vendor"
}

test_every_text_that_reaches_a_program_is_gathered if {
	found := workflows.texts with input.context.documents as [{
		"type": "github/workflow",
		"operation": "update",
		"content": {"env": {"A": "a", "B": 3}, "jobs": {"j": {"steps": [{"run": "r"}, {"uses": "u", "with": {"i/o": "w", "n": 3}}]}}},
	}]
	[[entry.where, entry.part, entry.pointer, entry.text] | some entry in found] == [
		["workflow", "A", "/env/A", "a"],
		["step “Run r” of the job j", "j/Run r/run", "/jobs/j/steps/0/run", "r"],
		["step “u” of the job j", "j/u/with/i~1o", "/jobs/j/steps/1/with/i~1o", "w"],
	]
}

composite := {"type": "github/action", "operation": "update", "content": {"runs": {"steps": [{
	"id": "one",
	"run": "two",
	"env": {"A": "step"},
}]}}}

test_the_steps_of_an_action_are_gathered if {
	found := workflows.all_steps with input.context.documents as array.concat(documents, [composite])
	count(found) == 6
	[step] := [step | some step in found; step.position == 2]
	step.where == "step “one” of this action"
	step.pointer == "/runs/steps/0"
	workflows.environment(step) == {"A": "step"} with input.context.documents as array.concat(documents, [composite])
	object.keys(workflows.files) == {1, 2} with input.context.documents as array.concat(documents, [composite])
}

test_the_nearest_variable_counts if {
	found := [workflows.environment(step) | some step in workflows.steps] with input.context.documents as documents
	found[1] == {"A": "workflow", "B": "job", "C": "step"}
	found[2] == {"A": "workflow", "B": "job"}
}

test_an_action_is_named_without_its_version if {
	workflows.action("Actions/Checkout@v6") == "actions/checkout"
	workflows.action(6) == ""
}

test_expressions_are_read_as_github_compares_them if {
	workflows.expressions("a ${{ GitHub.Event['issue'].Title }} b ${{\n  x }}") == ["github.event.issue.title", "x"]
	workflows.expressions("$ { { no } }") == []
	workflows.expressions(3) == []
}
