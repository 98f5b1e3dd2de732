package config.github.foreign_artifacts_test

import data.config.github.foreign_artifacts

settings := {"local_commands": ["npm ", "./"], "insider_checks": ["github.event.workflow_run.event=='push'"]}

# What is found in a job that fetches what another workflow left, and then does a step.
found(download, step) := [[finding.part, finding.pointer] |
	some finding in foreign_artifacts.finding with input.context.documents as [workflow("workflow_run", [download, step])] with data.settings.config.github as settings
]

workflow(on, steps) := {"type": "github/workflow", "operation": "update", "content": {"on": on, "jobs": {"comment": {"steps": steps}}}}

fetch(given) := {"id": "fetch", "uses": "actions/download-artifact@v4", "with": object.union({"run-id": 3}, given)}

script(text) := {"id": "report", "run": text}

test_applies_to_workflows if {
	foreign_artifacts.applies == {0} with input.context.documents as [workflow("push", [])]
}

test_what_runs_beside_it_is_found if {
	every text in ["npm ci", "cd web && npm ci", "true; ./report", "cat a | npm exec b"] {
		found(fetch({}), script(text)) == [["comment/report", "/jobs/comment/steps/1/run"]]
	}
	found(fetch({"path": "."}), script("npm ci")) != []
	found(fetch({"path": "${{ github.workspace }}/"}), script("npm ci")) != []
	found(fetch({}), {"id": "report", "uses": "./actions/report"}) == [["comment/report", "/jobs/comment/steps/1/uses"]]
}

test_the_message_says_what_and_where if {
	some finding in foreign_artifacts.finding with input.context.documents as [workflow("workflow_run", [fetch({}), script("npm ci")])] with data.settings.config.github as settings
	startswith(finding.message, "The step “report” of the job comment runs `npm ci` where “fetch” unpacked what another workflow left. ")
}

test_what_runs_of_its_folder_is_found if {
	every text in ["bash out/run.sh", "./out/run", "out/run", "python3 out/a.py"] {
		found(fetch({"path": "./out/"}), script(text)) != []
	}
	found(fetch({"path": "out"}), script("npm ci && ./run && cat out/number")) == []
	found(fetch({"path": "out"}), {"id": "report", "uses": "./actions/report"}) == []
}

test_other_actions_fetch_from_elsewhere_too if {
	found({"uses": "dawidd6/action-download-artifact@v5"}, script("npm ci")) != []
	found({"uses": "dawidd6/action-download-artifact@v11", "with": {"allow_forks": true}}, script("npm ci")) != []
	found({"uses": "dawidd6/action-download-artifact@v11", "with": {}}, script("npm ci")) == []
}

test_what_this_run_left_itself_is_no_matter if {
	found({"uses": "actions/download-artifact@v4", "with": {"name": "out"}}, script("npm ci")) == []
	found(fetch({}), script("cat number")) == []
	found(fetch({}), object.union(script("npm ci"), {"if": "github.event.workflow_run.event == 'push'"})) == []
	every other in ["push", "workflow_dispatch"] {
		findings := foreign_artifacts.finding with input.context.documents as [workflow(other, [fetch({}), script("npm ci")])] with data.settings.config.github as settings
		findings == set()
	}
}

test_what_ran_before_is_no_matter if {
	findings := foreign_artifacts.finding with input.context.documents as [workflow("workflow_run", [script("npm ci"), fetch({})])] with data.settings.config.github as settings
	findings == set()
}
