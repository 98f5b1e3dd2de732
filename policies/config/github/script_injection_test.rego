package config.github.script_injection_test

import data.config.github.script_injection

settings := {
	"outsider_contexts": {"github.event.issue.title": "Whoever opens an issue"},
	"insider_events": ["release"],
	"script_inputs": {"actions/github-script": ["script"], "vendor/retry": ["command"]},
}

workflow(steps) := {"type": "github/workflow", "operation": "update", "content": {"jobs": {"greet": {"steps": steps}}}}

findings(step) := found if {
	found := script_injection.finding with input.context.documents as [workflow([step])]
		with data.settings.config.github as settings
}

test_applies_to_workflows if {
	script_injection.applies == {1} with input.context.documents as [{"type": "kubernetes/Pod", "operation": "update", "content": {}}, workflow([])]
}

test_a_shell_script_is_looked_at if {
	some finding in findings({"id": "hello", "run": "echo ${{ github.event.issue.title }}"})
	finding.message == "The step “hello” of the job greet writes `github.event.issue.title` into a script. Whoever opens an issue chooses that text, and it would run as code."
	finding.part == "greet/hello/github.event.issue.title"
	finding.pointer == "/jobs/greet/steps/0/run"
	finding.remediation == concat("", [
		"Hand it to the script as an environment variable:\n\n  env:\n    TITLE: ${{ github.event.issue.title }}\n\n",
		"and write `$TITLE`, in double quotes, where the expression stands now.",
	])
}

test_the_script_of_an_action_is_looked_at if {
	some finding in findings({"uses": "Actions/github-script@v8", "with": {"script": "f('${{ github.event.issue.title }}')"}})
	finding.pointer == "/jobs/greet/steps/0/with/script"
	contains(finding.remediation, "and write `process.env.TITLE`, without quotes, where")
}

test_what_is_no_script_is_not if {
	findings({"if": "${{ github.event.issue.title }}", "run": "true"}) == set()
	findings({"uses": "other/action@v1", "with": {"script": "${{ github.event.issue.title }}"}}) == set()
}

test_a_command_for_a_shell_is_mended_as_one if {
	some finding in findings({"uses": "vendor/retry@v3", "with": {"command": "f ${{ github.event.issue.title }}"}})
	finding.pointer == "/jobs/greet/steps/0/with/command"
	contains(finding.remediation, "and write `$TITLE`, in double quotes, where")
}

whole(on) := found if {
	document := {"type": "github/workflow", "operation": "update", "content": {"on": on, "jobs": {"greet": {"steps": [{"run": "echo '${{ toJSON(github.event) }}'"}]}}}}
	found := {finding.part | some finding in script_injection.finding} with input.context.documents as [document]
		with data.settings.config.github as settings
}

test_the_whole_event_is_what_its_kind_is if {
	whole("release") == set()
	whole(["release", "issues"]) == {"greet/Run echo '${{ toJSON(github.event) }}'/github.event"}
	whole([]) == {"greet/Run echo '${{ toJSON(github.event) }}'/github.event"}
}

test_a_branch_of_this_repository_is_no_outsiders if {
	step := {"if": "!github.event.pull_request.head.repo.fork", "run": "git push origin HEAD:${{ github.head_ref }}"}
	proposals := object.union(settings, {"outsider_contexts": {"github.head_ref": "Whoever opens a pull request"}, "insider_checks": ["!github.event.pull_request.head.repo.fork"]})
	set() == script_injection.finding with input.context.documents as [workflow([step])]
		with data.settings.config.github as proposals
	found := script_injection.finding with input.context.documents as [workflow([object.remove(step, ["if"])])]
		with data.settings.config.github as proposals
	count(found) == 1
}
