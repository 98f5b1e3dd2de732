package config.github.persisted_credentials_test

import data.config.github.persisted_credentials

# Whether an upload is found behind a checkout.
is_found(checkout, upload) if {
	found := persisted_credentials.finding with input.context.documents as [workflow([checkout, upload])]
		with data.settings.config.github.whole_folders as [".", "${{github.workspace}}"]
	count(found) > 0
}

workflow(steps) := {"type": "github/workflow", "operation": "update", "content": {"jobs": {"build": {"steps": steps}}}}

checkout := {"uses": "actions/checkout@v4"}

all_files := {"id": "keep", "uses": "actions/upload-artifact@v4", "with": {"path": ".", "include-hidden-files": true}}

test_applies_to_workflows if {
	persisted_credentials.applies == {0} with input.context.documents as [workflow([])]
}

test_all_files_with_the_token_are_found if {
	some finding in persisted_credentials.finding with input.context.documents as [workflow([checkout, all_files])]
		with data.settings.config.github.whole_folders as ["."]
	startswith(finding.message, "The step “keep” of the job build uploads all files, hidden ones too, and “actions/checkout@v4” has left ")
	finding.part == "build/keep"
	finding.pointer == "/jobs/build/steps/1/with/path"
}

test_old_versions_take_hidden_files_always if {
	every version in ["v3", "v4.3.1"] {
		is_found(checkout, {"uses": $"actions/upload-artifact@{version}", "with": {"path": "dist\n${{ github.workspace }}"}})
	}
	not is_found(checkout, {"uses": "actions/upload-artifact@v4", "with": {"path": "."}})
}

test_a_token_that_is_not_there_is_not_taken if {
	every step in [
		{"uses": "actions/checkout@v6"},
		{"uses": "actions/checkout@v4", "with": {"persist-credentials": false}},
		{"uses": "actions/checkout@v4", "with": {"persist-credentials": "false"}},
		{"uses": "actions/setup-node@v4"},
	] {
		not is_found(step, all_files)
	}
	not is_found(all_files, checkout)
	is_found({"uses": "actions/checkout@8f4b7f84864484a7bf31766abe9204da3cbe65b3"}, all_files)
}

test_a_part_of_the_files_is_no_matter if {
	not is_found(checkout, {"uses": "actions/upload-artifact@v3", "with": {"path": "dist"}})
	not is_found(checkout, {"uses": "vendor/upload@v3", "with": {"path": "."}})
	not is_found(checkout, {"uses": "actions/upload-artifact@v3"})
}
