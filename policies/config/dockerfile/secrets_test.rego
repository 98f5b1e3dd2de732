package config.dockerfile.secrets_test

import data.config.dockerfile.secrets

settings := {"secret_words": ["token"], "no_secrets": ["", "dummy"]}

document(arguments, instructions) := {"type": "dockerfile", "id": "Dockerfile", "operation": "update", "content": {"arguments": arguments, "stages": [{"name": "run", "instructions": instructions}]}}

names(arguments, instructions) := found if {
	found := {finding.part | some finding in secrets.finding} with input.context.documents as [document(arguments, instructions)]
		with data.settings.config.dockerfile as settings
}

test_applies_to_dockerfiles if {
	secrets.applies == {0} with input.context.documents as [document([], [])] with data.settings.config.dockerfile as settings
}

test_a_value_under_a_secret_name if {
	names([{"name": "TOKEN", "value": "x"}], []) == {"TOKEN"}
	names([], [{"keyword": "ENV", "pairs": [{"name": "npm_token", "value": "x"}]}]) == {"npm_token"}
}

test_no_value_and_no_secret_name if {
	names([{"name": "TOKEN", "value": null}, {"name": "STOKEN", "value": "x"}, {"name": "TOKEN_FILE", "value": "x"}], []) == set()
	names([{"name": "TOKEN", "value": "$OTHER"}, {"name": "TOKEN", "value": "Dummy"}], []) == set()
	names([], [{"keyword": "LABEL", "pairs": [{"name": "token", "value": "x"}]}]) == set()
}
