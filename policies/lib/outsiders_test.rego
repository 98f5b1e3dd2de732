package lib.outsiders_test

import data.lib.outsiders

settings := {
	"github.event.commits.*.message": "Whoever commits",
	"github.event.issue.title": "Whoever opens an issue",
	"github.head_ref": "Whoever opens a pull request",
}

contexts(expression) := found if {
	found := outsiders.contexts(expression) with data.settings.config.github.outsider_contexts as settings
}

author(context) := found if {
	found := outsiders.author(context) with data.settings.config.github.outsider_contexts as settings
}

test_an_outsiders_context_is_found_where_its_text_comes_out if {
	contexts("github.head_ref") == ["github.head_ref"]
	contexts("github.head_ref||github.ref_name") == ["github.head_ref"]
	contexts("format('{0}',github.event.issue.title)") == ["github.event.issue.title"]
	contexts("github.event.commits[0].message") == ["github.event.commits[0].message"]
	contexts("github.event.commits.*.message") == ["github.event.commits.*.message"]
	contexts("tojson(github.event.issue)") == ["github.event.issue"]
	contexts("tojson(github)") == ["github"]
	contexts("tojson(github.event.commits[0])") == ["github.event.commits[0]"]
}

test_it_is_not_where_it_only_answers_a_question if {
	every expression in [
		"contains(github.head_ref,'(')",
		"startswith(github.head_ref,format('{0}',x))",
		"github.head_ref=='main'",
		"'main'!=github.head_ref",
		"!github.head_ref",
		"github.head_ref&&'a'",
		"'github.head_ref'",
		"github.head_ref_name",
		"my.github.head_ref",
		"github.event.issue.title_html",
		"github.event.issue.number",
		"tojson(matrix)",
	] {
		contexts(expression) == []
	}
}

test_only_texts_are_expressions if contexts(3) == []

workflow := {"type": "github/workflow", "operation": "update", "content": {"jobs": {"a": {"steps": [{"env": {
	"Title": "say ${{ github.event.issue.title }}",
	"NUMBER": "${{ github.event.issue.number }}",
}}]}}}}

test_a_variable_carries_it_into_an_expression if {
	by_variable("env.title") == ["github.event.issue.title"]
	by_variable("env.number") == []
	by_variable("env.other") == []
	by_variable("github.head_ref") == []
}

by_variable(expression) := found if {
	found := outsiders.by_variable(expression, {"position": 0, "job": "a", "spec": workflow.content.jobs.a.steps[0]})
		with data.settings.config.github.outsider_contexts as settings
		with input.context.documents as [workflow]
}

test_whoever_chooses_the_text_is_named if {
	author("github.event.commits[0].message") == "Whoever commits"
	author("github.head_ref") == "Whoever opens a pull request"
	author("github.event") == "Somebody outside the project"
}

guards := {"insider_checks": ["github.event_name=='push'"], "insider_lookups": ["some/membership@", "getcollaboratorpermissionlevel"], "privileged_events": ["issue_comment", "pull_request_target"]}

is_guarded(jobs, step) if {
	outsiders.is_guarded({"position": 0, "job": "a", "spec": step}) with data.settings.config.github as guards
		with input.context.documents as [{"type": "github/workflow", "operation": "update", "content": {"jobs": jobs}}]
}

test_a_condition_or_an_environment_guards if {
	is_guarded({"a": {"if": "github.event_name == 'push'"}}, {})
	is_guarded({"a": {}}, {"if": "${{ github.event_name == 'push' }}"})
	is_guarded({"a": {"environment": "outside"}}, {})
	is_guarded({"a": {"needs": ["b"]}, "b": {"environment": "outside"}}, {})
	is_guarded({"a": {"needs": "b"}, "b": {"environment": {"name": "outside"}}}, {})
}

test_what_waits_for_a_guarded_job_is_guarded if {
	jobs := {"a": {"needs": "b"}, "b": {"if": "${{ github.event_name == 'push' }}"}}
	is_guarded(jobs, {})
	not is_guarded(object.union(jobs, {"a": {"if": "always()"}}), {})
	not is_guarded(object.union(jobs, {"b": {"if": "true"}}), {})
	not is_guarded(object.union(jobs, {"b": {"if": true}}), {})
}

lookup := {"id": "Who", "uses": "Some/membership@v1"}

script := {"id": "who", "uses": "actions/github-script@v8", "with": {"script": "await github.rest.repos.getCollaboratorPermissionLevel()"}}

test_a_lookup_guards_where_its_output_is_asked if {
	is_guarded({"a": {"steps": [lookup]}}, {"if": "${{ github.event.issue && steps.Who.outputs.member == 'true' }}"})
	is_guarded({"a": {"steps": [script]}}, {"if": "steps.who.outputs.result"})
	is_guarded({"a": {"if": "needs.b.outputs.may == 'true'", "needs": "b"}, "b": {"steps": [lookup], "outputs": {"may": "${{ steps.Who.outputs.member }}"}}}, {})
	is_guarded({"a": {"if": "needs.b.outputs.may == 'true'", "needs": "b"}, "b": {"steps": [lookup], "outputs": {"may": "${{ startsWith(github.event.comment.body, '/test') && steps.Who.outputs.member == 'true' }}"}}}, {})
}

test_a_lookup_that_nobody_asks_does_not if {
	not is_guarded({"a": {"steps": [lookup]}}, {"if": "steps.who.outputs.member != 'true'"})
	not is_guarded({"a": {"steps": [lookup]}}, {"if": "!steps.who.outputs.member"})
	not is_guarded({"a": {"steps": [{"id": "who", "run": "ls"}]}}, {"if": "steps.who.outputs.member == 'true'"})
	not is_guarded({"a": {"if": "needs.b.outputs.number == 'true'", "needs": "b"}, "b": {"steps": [lookup], "outputs": {"number": "${{ steps.parse.outputs.number }}"}}}, {})
	not is_guarded({"a": {"steps": [lookup]}}, {"if": "always()"})
}

test_anything_else_does_not if {
	not is_guarded({"a": {"if": "always()", "needs": "b"}, "b": {}, "c": {"environment": "outside"}}, {"if": "success()"})
}

test_an_event_that_brings_rights_is_told if {
	outsiders.privileged(0) == ["pull_request_target"] with data.settings.config.github as guards
		with input.context.documents as [{"type": "github/workflow", "operation": "update", "content": {"on": ["push", "pull_request_target"]}}]
}

stopping := {"id": "who", "run": "gh api repos/a/b/collaborators/$WHO/permission\n[ x ] || exit 1"}

is_guarded_at(jobs, index) if {
	outsiders.is_guarded({"position": 0, "job": "a", "index": index, "spec": {}})
		with data.settings.config.github as object.union(guards, {"insider_lookups": ["/collaborators/"]})
		with input.context.documents as [{"type": "github/workflow", "operation": "update", "content": {"on": "issue_comment", "jobs": jobs}}]
}

test_a_lookup_that_stops_guards_what_follows if {
	is_guarded_at({"a": {"steps": [stopping, {}]}}, 1)
	is_guarded_at({"a": {"needs": "b", "steps": [{}]}, "b": {"steps": [stopping]}}, 0)
	not is_guarded_at({"a": {"steps": [{}, stopping]}}, 0)
	not is_guarded_at({"a": {"steps": [{"run": "gh api repos/a/b/collaborators/$WHO/permission"}, {}]}}, 1)
	not is_guarded_at({"a": {"if": "always()", "needs": "b", "steps": [{}]}, "b": {"steps": [stopping]}}, 0)
}

is_labeled(on, condition) if {
	outsiders.is_guarded({"position": 0, "job": "a", "spec": {"if": condition}}) with data.settings.config.github as guards
		with input.context.documents as [{"type": "github/workflow", "operation": "update", "content": {"on": on, "jobs": {"a": {}}}}]
}

test_a_label_guards_the_commit_that_has_it if {
	asked := "contains(github.event.pull_request.labels.*.name, 'ok')"
	is_labeled({"pull_request_target": {"types": ["labeled"]}}, asked)
	is_labeled({"pull_request_target": {"types": "labeled"}}, asked)
	not is_labeled({"pull_request_target": {"types": ["labeled", "synchronize"]}}, asked)
	not is_labeled({"pull_request_target": {"types": ["labeled"]}, "issue_comment": {}}, asked)
	not is_labeled({"pull_request_target": {"types": ["labeled"]}}, $"!{asked}")
	not is_labeled({"pull_request_target": {"types": ["labeled"]}}, "always()")
}

is_own_proposal(condition) if {
	outsiders.is_own_proposal({"position": 0, "job": "a", "spec": {"if": condition}})
		with data.settings.config.github.insider_checks as ["!github.event.pull_request.head.repo.fork", "github.event.pull_request.merged"]
		with input.context.documents as [{"type": "github/workflow", "operation": "update", "content": {"jobs": {"a": {}}}}]
}

test_where_a_proposal_comes_from if {
	is_own_proposal("!github.event.pull_request.head.repo.fork")
	is_own_proposal("github.event.pull_request.author_association == 'OWNER'")
	not is_own_proposal("github.event.comment.author_association == 'OWNER'")
	not is_own_proposal("github.event.pull_request.merged")
}
