package config.github.secrets_inherit_test

import data.config.github.secrets_inherit

findings(uses) := found if {
	found := secrets_inherit.finding with input as {
		"resource": {"type": "repository", "id": "Shop/checkout"},
		"context": {"documents": [workflow({"uses": uses, "secrets": "inherit"})]},
	}
		with data.settings.config.github.trusted_owners as ["actions"]
}

workflow(job) := {"type": "github/workflow", "operation": "update", "content": {"jobs": {"call": job}}}

test_applies_to_workflows if {
	secrets_inherit.applies == {0} with input.context.documents as [workflow({})]
}

test_ones_own_workflows_may_have_them if {
	findings("./.github/workflows/a.yml") == set()
	findings("$/.github/workflows/a.yml") == set()
	findings("shop/flows/.github/workflows/a.yml@main") == set()
	findings("actions/flows/.github/workflows/a.yml@main") == set()
}

test_those_of_others_may_not if {
	some finding in findings("vendor/flows/.github/workflows/a.yml@main")
	finding.message == "The job call hands every secret of this repository to vendor/flows/.github/workflows/a.yml@main, which belongs to somebody else."
	finding.pointer == "/jobs/call/secrets"
	finding.part == "call"
}

test_named_secrets_are_fine if {
	secrets_inherit.finding == set() with input.context.documents as [workflow({"uses": "vendor/a@b", "secrets": {"a": "b"}})]
}
