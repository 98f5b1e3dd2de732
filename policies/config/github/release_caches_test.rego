package config.github.release_caches_test

import data.config.github.release_caches

settings := {
	"publishing_actions": ["vendor/publish"],
	"publishing_commands": ["cargo publish"],
	"caching_actions": {
		"vendor/cache": {"input": "", "default": true},
		"vendor/asks": {"input": "cache", "default": false},
		"vendor/does": {"input": "cache", "default": true},
	},
}

findings(on, steps) := found if {
	found := release_caches.finding with input.context.documents as [workflow(on, steps)] with data.settings.config.github as settings
}

workflow(on, steps) := {"type": "github/workflow", "operation": "update", "content": {"on": on, "jobs": {"release": {"steps": steps}}}}

publish := {"uses": "vendor/publish@v1"}

tags := {"push": {"tags": ["v*"]}}

test_applies_to_workflows if {
	release_caches.applies == {0} with input.context.documents as [workflow("push", [])]
}

test_a_cache_in_a_release_is_found if {
	some finding in findings(tags, [{"id": "keep", "uses": "vendor/cache@v1"}, publish])
	startswith(finding.message, "The step “keep” of the job release restores a cache, and the job publishes what it builds: ")
	finding.part == "release/keep"
	finding.pointer == "/jobs/release/steps/0/uses"
}

test_what_a_step_is_told_counts if {
	{[finding.pointer, substring(finding.message, 0, 95)] | some finding in findings("release", [{"id": "a", "uses": "vendor/asks@v1", "with": {"cache": "npm"}}, {"run": "cargo publish -p a"}])} == {[
		"/jobs/release/steps/0/with/cache",
		"The step “a” of the job release restores a cache by its input `cache`, and the job publishes wh",
	]}
	{finding.pointer | some finding in findings("release", [{"uses": "vendor/does@v1"}, publish])} == {"/jobs/release/steps/0/uses"}
	every given in [{"cache": false}, {"cache": "false"}, {"cache": ""}] {
		findings("release", [{"uses": "vendor/does@v1", "with": given}, publish]) == set()
	}
	findings("release", [{"uses": "vendor/asks@v1", "with": {}}, publish]) == set()
	findings("release", [{"uses": "vendor/asks@v1"}, publish]) == set()
}

test_only_releases_are_meant if {
	every on in ["push", ["push", "release"], {"push": {"tags": ["v*"], "branches": ["main"]}}, {"push": null}, "pull_request", "workflow_dispatch", ["release", "pull_request"]] {
		findings(on, [{"uses": "vendor/cache@v1"}, publish]) == set()
	}
	count(findings({"push": {"tags": ["v*"]}, "workflow_dispatch": null}, [{"uses": "vendor/cache@v1"}, publish])) == 1
}

test_only_jobs_that_publish_are_meant if {
	findings(tags, [{"uses": "vendor/cache@v1"}, {"run": "make"}]) == set()
	findings(tags, [{"uses": "vendor/other@v1"}, publish]) == set()
}
