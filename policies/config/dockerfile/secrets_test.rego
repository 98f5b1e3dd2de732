package config.dockerfile.secrets_test

import data.config.dockerfile.secrets

settings := {"wrappers": [], "secret_words": ["token"], "no_secrets": ["", "dummy"]}

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

run(words, assignments, readers) := {"keyword": "RUN", "commands": array.concat(
	[{"words": words, "assignments": assignments, "piped": count(readers) > 0}],
	[{"words": [reader], "assignments": [], "piped": false} | some reader in readers],
)}

test_a_value_on_a_command_line if {
	names([], [run(["./a"], ["NPM_TOKEN=x=y"], [])]) == {"NPM_TOKEN"}
	names([], [run(["export", "NPM_TOKEN=x"], [], [])]) == {"NPM_TOKEN"}
	names([], [run(["./a", "--app.token=x", "--api-token=$X", "--token=`x`", "--token=id=x", "a token=x"], [], [])]) == {"--app.token"}
}

test_an_address_with_its_password if {
	names([{"name": "DB", "value": "postgres://a:b@db/x"}, {"name": "NONE", "value": null}], []) == {"db"}
	names([], [run(["git", "clone", "https://a:b@git.example/x"], ["X=https://a:$B@other/"], [])]) == {"git.example"}
	names([], [{"keyword": "ADD", "args": ["https://a:b@files.example/x", "/x"]}]) == {"files.example"}
}

test_a_password_that_is_told if {
	names([], [run(["echo", "root:x\nb:$B"], [], ["chpasswd"])]) == {"root"}
	names([], [run(["echo", "root:x"], [], ["cat"])]) == set()
}
