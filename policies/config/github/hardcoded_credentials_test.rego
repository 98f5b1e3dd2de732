package config.github.hardcoded_credentials_test

import data.config.github.hardcoded_credentials

findings(password) := found if {
	found := hardcoded_credentials.finding with input.context.documents as [workflow({"container": {"credentials": {"password": password}}})]
}

workflow(job) := {"type": "github/workflow", "operation": "update", "content": {"jobs": {"test": job}}}

test_applies_to_workflows if {
	hardcoded_credentials.applies == {0} with input.context.documents as [workflow({})]
}

test_a_password_in_the_file_is_found if {
	some password in ["hunter2", 1234]
	some finding in findings(password)
	finding.message == "The password for the image of the container of the job test stands in the file: whoever may read the repository has it."
	finding.part == "test/container"
	finding.pointer == "/jobs/test/container/credentials/password"
}

test_a_secret_is_not if {
	findings("${{ secrets.PASSWORD }}") == set()
	findings("") == set()
	findings(null) == set()
}

test_an_image_that_needs_no_password_is_not if {
	every container in ["build:4", {"image": "build:4"}, {"credentials": {"username": "builder"}}] {
		found := hardcoded_credentials.finding with input.context.documents as [workflow({"container": container})]
		found == set()
	}
}
