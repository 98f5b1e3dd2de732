package lib.proposals_test

import data.lib.proposals

settings := {
	"insider_lookups": ["getcollaboratorpermissionlevel"],
	"proposal_lookups": [".head.sha", "headrefoid"],
	"proposal_outputs": {"some/pull-request": ["head_ref", "head_sha"]},
}

action := {"id": "Pr", "uses": "Some/pull-request@v1"}

script := {"id": "pr", "uses": "actions/github-script@v8", "with": {"script": "core.setOutput('sha', (await github.rest.pulls.get(it)).data.head.sha)"}}

shell := {"id": "pr", "run": "gh pr view 3 --json headRefOid"}

is_looked_up(value, jobs) if {
	proposals.is_looked_up(value, {"position": 0, "job": "a"}) with data.settings.config.github as settings
		with input.context.documents as [{"type": "github/workflow", "operation": "update", "content": {"jobs": jobs}}]
}

test_an_output_names_what_is_proposed if {
	is_looked_up("${{steps.pr.outputs.head_sha}}", {"a": {"steps": [action]}})
	is_looked_up("${{steps.pr.outputs.sha}}", {"a": {"steps": [script]}})
	is_looked_up("${{steps.pr.outputs.sha}}", {"a": {"steps": [{"parallel": [shell]}]}})
}

test_so_does_one_of_a_job_that_is_waited_for if {
	jobs := {"a": {"needs": "Look"}, "Look": {"steps": [shell], "outputs": {"Sha": "${{ steps.pr.outputs.sha }}"}}}
	is_looked_up("${{needs.look.outputs.sha}}", jobs)
	not is_looked_up("${{needs.look.outputs.other}}", jobs)
	not is_looked_up("${{needs.look.outputs.sha}}", object.union(jobs, {"a": {"needs": []}}))
}

test_another_output_does_not if {
	not is_looked_up("${{steps.pr.outputs.base_sha}}", {"a": {"steps": [action]}})
	not is_looked_up("${{steps.pr.outputs.base_sha}}", {"a": {"steps": [shell]}})
	not is_looked_up("${{steps.other.outputs.sha}}", {"a": {"steps": [shell]}})
	not is_looked_up("${{steps.pr.outputs.sha}}", {"a": {"steps": [{"id": "pr", "run": "git rev-parse HEAD"}]}})
	not is_looked_up("main", {"a": {"steps": [shell]}})
	not is_looked_up(3, {"a": {"steps": [shell]}})
}

test_who_asks_for_insiders_may_stop_there if {
	asking := {"uses": "actions/github-script@v8", "with": {"script": "await github.rest.repos.getCollaboratorPermissionLevel(it)"}}
	not is_looked_up("${{steps.pr.outputs.sha}}", {"a": {"steps": [asking, shell]}})
	not is_looked_up("${{needs.b.outputs.sha}}", {"a": {"needs": ["b"]}, "b": {"steps": [asking, shell], "outputs": {"sha": "${{ steps.pr.outputs.sha }}"}}})
}

branches(value, steps) := found if {
	found := proposals.chosen(value, {"position": 0, "job": "a"}) with data.settings.config.github as settings
		with input.context.documents as [{"type": "github/workflow", "operation": "update", "content": {"jobs": {"a": {"steps": steps}}}}]
}

test_the_name_of_a_branch_is_a_text_and_a_commit_is_none if {
	branches("steps.pr.outputs.head_ref", [action]) == ["steps.pr.outputs.head_ref"]
	branches("steps.pr.outputs.head_sha", [action]) == []
	branches("steps.pr.outputs.base_ref", [action]) == []
	branches("steps.pr.outputs.head_ref", [shell]) == []
	branches("github.sha", [action]) == []
}

named(value, steps, on) := found if {
	found := proposals.chosen(value, {"position": 0, "job": "a", "spec": {}})
		with data.settings.config.github as object.union(settings, {"insider_checks": [], "privileged_events": ["issue_comment"]})
		with input.context.documents as [{"type": "github/workflow", "operation": "update", "content": {"on": on, "jobs": {"a": {"steps": steps}}}}]
}

test_a_script_that_looks_up_a_branch_gives_its_name if {
	look := {"id": "pr", "run": "gh pr view 3 --json headRefName"}
	named("steps.pr.outputs.ref", [look], "push") == ["steps.pr.outputs.ref"]
	named("steps.pr.outputs.base_ref", [look], "push") == []
	named("steps.pr.outputs.number", [look], "push") == []
	named("steps.pr.outputs.ref", [{"id": "pr", "run": "gh pr view 3 --json headRefName | tr -cd a-z"}], "push") == []
}

test_names_of_files_count_where_there_are_rights if {
	diff := {"id": "diff", "run": "git diff --name-only main...pr"}
	named("steps.diff.outputs.files", [diff], "issue_comment") == ["steps.diff.outputs.files"]
	named("steps.diff.outputs.files", [diff], "pull_request") == []
	named("steps.diff.outputs.any_changed", [diff], "issue_comment") == []
}
