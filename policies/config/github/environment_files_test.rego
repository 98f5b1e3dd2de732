package config.github.environment_files_test

import data.config.github.environment_files

settings := {
	"artifact_downloads": ["actions/download-artifact"],
	"insider_checks": ["event=='push'"],
	"outsider_contexts": {"github.event.issue.body": "Whoever opens an issue", "github.event.issue.title": "Whoever opens an issue"},
	"texts_of_many_lines": ["body"],
}

findings(on, steps) := found if {
	found := environment_files.finding with input.context.documents as [workflow(on, steps)] with data.settings.config.github as settings
}

workflow(on, steps) := {"type": "github/workflow", "operation": "update", "content": {"on": on, "jobs": {"test": {"steps": steps}}}}

env := {"BODY": "${{ github.event.issue.body }}", "TITLE": "${{ github.event.issue.title }}", "NUMBER": 3}

test_applies_to_workflows if {
	environment_files.applies == {0} with input.context.documents as [workflow("push", [])]
}

test_a_text_of_many_lines_is_found if {
	some finding in findings("issues", [{"name": "keep", "env": env, "run": "true\necho \"A=$BODY\" >> $GITHUB_ENV"}])
	finding.message == "The step “keep” of the job test writes `github.event.issue.body` to `$GITHUB_ENV`. Whoever opens an issue chooses that text, and can set what the steps that follow run."
	finding.part == "test/keep/BODY"
	finding.pointer == "/jobs/test/steps/0/run"
}

test_a_text_is_followed_into_a_variable_of_the_script if {
	kept := `B="$BODY"; echo "B=$B" >> "$GITHUB_ENV"`
	some finding in findings("issues", [{"name": "keep", "env": env, "run": kept}])
	finding.part == "test/keep/BODY"
	count(findings("issues", [{"env": env, "run": "if true; then\n  export B=${BODY}\nfi\necho A=$B >> $GITHUB_ENV"}])) == 1
	findings("issues", [{"env": env, "run": "B=\"$(head -1 <<< \"$BODY\")\"\necho A=$B >> $GITHUB_ENV"}]) == set()
	findings("issues", [{"env": env, "run": "B=$BODY\nB=\"${B%%x*}\"\necho A=$B >> $GITHUB_ENV"}]) == set()
	findings("issues", [{"env": env, "run": "B=$BODY\nread -r B <<< \"$B\"\necho A=$B >> $GITHUB_ENV"}]) == set()
	findings("issues", [{"env": env, "run": "B=$TITLE\necho A=$B >> $GITHUB_ENV"}]) == set()
}

test_one_line_sets_a_path_and_no_variable if {
	count(findings("issues", [{"env": env, "run": "echo $TITLE >> $GITHUB_PATH"}])) == 1
	findings("issues", [{"env": env, "run": "echo A=$TITLE >> $GITHUB_ENV"}]) == set()
	findings("issues", [{"env": env, "run": "echo \"$BODY\"\necho A=$NUMBER >> $GITHUB_ENV"}]) == set()
}

download := {"uses": "actions/download-artifact@v5"}

test_a_file_that_another_workflow_left_is_found if {
	some finding in findings("workflow_run", [download, {"id": "keep", "run": "cat pr.env >> $GITHUB_ENV"}])
	startswith(finding.message, "The step “keep” of the job test writes a file to `$GITHUB_ENV`, after “actions/download-artifact@v5” fetched")
	finding.part == "test/keep/GITHUB_ENV"
}

test_an_own_file_is_not if {
	findings("push", [download, {"run": "cat pr.env >> $GITHUB_ENV"}]) == set()
	findings("workflow_run", [{"run": "cat pr.env >> $GITHUB_ENV"}]) == set()
	findings("workflow_run", [download, {"if": "event == 'push'", "run": "cat pr.env >> $GITHUB_ENV"}]) == set()
}
