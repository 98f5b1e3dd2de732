package config.github.vulnerable_actions_test

import data.config.github.vulnerable_actions

settings := {"vendor/action": [{
	"since": "2.0.0",
	"fixed": "4.1.3",
	"commits": ["8f4b7f84864484a7bf31766abe9204da3cbe65b3"],
	"why": "it prints secrets",
	"advisory": "GHSA-1",
}]}

findings(uses) := found if {
	found := vulnerable_actions.finding with input.context.documents as [workflow({"steps": [{"uses": uses}]})]
		with data.settings.config.github.vulnerable_actions as settings
}

workflow(job) := {"type": "github/workflow", "operation": "update", "content": {"jobs": {"build": job}}}

test_applies_to_workflows if {
	vulnerable_actions.applies == {0} with input.context.documents as [workflow({})]
}

test_a_version_with_the_hole_is_found if {
	some finding in findings("Vendor/action@v4.1.2")
	finding.message == "The job build uses Vendor/action@v4.1.2, which has a known hole (GHSA-1): it prints secrets."
	finding.part == "build/vendor/action"
	finding.pointer == "/jobs/build/steps/0/uses"
	contains(finding.remediation, "  uses: vendor/action@<40 hexadecimal digits> # v4.1.3")
	every version in ["v2", "v3", "v4.0", "2.0.0", "8f4b7f84864484a7bf31766abe9204da3cbe65b3"] {
		count(findings($"vendor/action@{version}")) == 1
	}
}

test_others_have_none if {
	every version in ["v4", "v4.1", "v4.1.3", "v5", "v1", "v1.9.9", "main", "0f4b7f84864484a7bf31766abe9204da3cbe65b3"] {
		findings($"vendor/action@{version}") == set()
	}
	findings("vendor/action") == set()
	findings("vendor/other@v2") == set()
}
