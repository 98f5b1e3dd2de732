package config.github.action_inputs_test

import data.config.github.action_inputs

settings := {"github.event.issue.title": "Whoever opens an issue"}

action(path, script) := {"type": "github/action", "id": path, "operation": "update", "content": {"runs": {"using": "composite", "steps": [{"run": script}]}}}

workflow(step) := {"type": "github/workflow", "id": "w", "operation": "update", "content": {"jobs": {"greet": {"steps": [step]}}}}

greeting := {"uses": "./.github/actions/greet", "with": {"Title": "New: ${{ github.event.issue.title }}", "count": 1}}

findings(documents) := found if {
	found := action_inputs.finding with input.context.documents as documents with data.settings.config.github.outsider_contexts as settings
}

writes := action(".github/actions/greet/action.yml", "echo ${{ inputs.title }}")

test_applies_to_workflows if {
	action_inputs.applies == {1} with input.context.documents as [writes, workflow(greeting)]
}

test_an_outsiders_text_is_found if {
	some finding in findings([writes, workflow(greeting)])
	finding.document == 1
	finding.pointer == "/jobs/greet/steps/0/with/Title"
	finding.part == "greet/./.github/actions/greet/Title"
	startswith(finding.message, "The step “./.github/actions/greet” of the job greet gives `github.event.issue.title` to ./.github/actions/greet, which writes its input Title into a script. Whoever opens an issue chooses")
}

test_an_action_at_the_root_of_a_folder_by_its_other_name_too if {
	other := action(".github/actions/greet/action.yaml", "echo ${{ inputs.title }}")
	count(findings([other, workflow(object.union(greeting, {"uses": "./.github/actions/greet/"}))])) == 1
}

test_an_action_that_the_change_leaves_is_read_and_a_workflow_is_not_judged if {
	unchanged := {"operation": "none"}
	count(findings([object.union(writes, unchanged), workflow(greeting)])) == 1
	findings([writes, object.union(workflow(greeting), unchanged)]) == set()
	findings([object.union(writes, {"operation": "delete"}), workflow(greeting)]) == set()
}

test_others_are_not if {
	findings([workflow(greeting)]) == set()
	findings([action(".github/actions/greet/action.yml", "echo $TITLE"), workflow(greeting)]) == set()
	findings([action(".github/actions/other/action.yml", "echo ${{ inputs.title }}"), workflow(greeting)]) == set()
	findings([writes, workflow({"uses": "./.github/actions/greet", "with": {"title": "${{ github.event.issue.number }}"}})]) == set()
	findings([writes, workflow({"uses": "vendor/greet@v1", "with": greeting.with})]) == set()
}
