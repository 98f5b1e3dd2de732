package config.terraform.template_metadata_test

import data.config.terraform.template_metadata

template(operation, change) := [{"type": "terraform/aws_launch_template", "id": "a", "operation": operation, "content": {"change": change}}]

found(operation, change) := number if {
	number := count(template_metadata.finding) with input.context.documents as template(operation, change)
}

silent := {"after": {}, "after_unknown": {"metadata_options": true}}

test_one_that_asks if found("create", {"after": {"metadata_options": [{"http_tokens": "required"}]}}) == 0

test_a_new_one_that_says_nothing if found("create", silent) == 1

test_a_changed_one_that_only_the_apply_shows if found("update", silent) == 0

test_a_changed_one_that_says_nothing if found("update", {"after": {"metadata_options": []}}) == 1

test_accounts_that_ask_by_default if {
	count(template_metadata.finding) == 0 with input.context.documents as template("create", silent)
		with data.settings.config.terraform.tokens_by_default as true
}
