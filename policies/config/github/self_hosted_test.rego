package config.github.self_hosted_test

import data.config.github.self_hosted

settings := {"insider_checks": ["event_name=='push'"], "outsider_runs": {"pull_request": "a pull request"}}

findings(on, job) := found if {
	found := self_hosted.finding with input.context.documents as [workflow(on, job)] with data.settings.config.github as settings
}

workflow(on, job) := {"type": "github/workflow", "operation": "update", "content": {"on": on, "jobs": {"test": job}}}

test_applies_to_workflows_of_what_may_be_public if {
	self_hosted.applies == {0} with input.context.documents as [workflow("push", {})]
	self_hosted.applies == {0} with input as {
		"resource": {"properties": {"visibility": "public"}},
		"context": {"documents": [workflow("push", {})]},
	}
	self_hosted.applies == set() with input as {
		"resource": {"properties": {"visibility": "private"}},
		"context": {"documents": [workflow("push", {})]},
	}
}

test_an_own_machine_is_found_however_it_is_written if {
	some runs_on in ["self-hosted", ["self-hosted", "linux"], {"labels": "self-hosted"}, {"group": "a", "labels": ["self-hosted"]}]
	some finding in findings(["push", "pull_request"], {"runs-on": runs_on})
	finding.message == "The job test runs for a pull request on a machine of your own. If the repository is public, anybody can leave something there for the jobs that follow."
	finding.part == "test"
	finding.pointer == "/jobs/test/runs-on"
}

test_each_way_is_enough if {
	every runs_on in ["self-hosted", ["self-hosted", "linux"], {"labels": "self-hosted"}, {"group": "a", "labels": ["self-hosted"]}] {
		count(findings("pull_request", {"runs-on": runs_on})) == 1
	}
}

test_other_machines_events_and_guarded_jobs_are_not if {
	findings("pull_request", {"runs-on": "ubuntu-24.04"}) == set()
	findings("push", {"runs-on": "self-hosted"}) == set()
	findings("pull_request", {"runs-on": "self-hosted", "if": "github.event_name == 'push'"}) == set()
}
