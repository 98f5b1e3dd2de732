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
	names([{"name": "TOKEN", "value": "xy"}], []) == {"TOKEN"}
	names([], [{"keyword": "ENV", "pairs": [{"name": "npm_token", "value": "xy"}]}]) == {"npm_token"}
}

test_no_value_and_no_secret_name if {
	names([{"name": "TOKEN", "value": null}, {"name": "STOKEN", "value": "xy"}, {"name": "TOKEN_FILE", "value": "xy"}], []) == set()
	names([{"name": "TOKEN", "value": "$OTHER"}, {"name": "TOKEN", "value": "Dummy"}, {"name": "TOKEN", "value": "."}], []) == set()
	names([], [{"keyword": "LABEL", "pairs": [{"name": "token", "value": "xy"}]}]) == set()
}

run(words, assignments, readers) := {"keyword": "RUN", "commands": array.concat(
	[{"words": words, "assignments": assignments, "piped": count(readers) > 0}],
	[{"words": [reader], "assignments": [], "piped": false} | some reader in readers],
)}

test_a_value_on_a_command_line if {
	names([], [run(["./a"], ["NPM_TOKEN=x=y"], [])]) == {"NPM_TOKEN"}
	names([], [run(["export", "NPM_TOKEN=xy"], [], [])]) == {"NPM_TOKEN"}
	names([], [run(["./a", "--app.token=xy", "--api-token=$X", "--token=`x`", "--token=id=x", "a token=xy"], [], [])]) == {"--app.token"}
}

test_an_address_with_its_password if {
	names([{"name": "DB", "value": "postgres://a:bc@db/x"}, {"name": "NONE", "value": null}], []) == {"db"}
	names([], [run(["git", "clone", "https://a:bc@git.example/x"], ["X=https://a:$B@other/"], [])]) == {"git.example"}
	names([], [{"keyword": "ADD", "args": ["https://a:bc@files.example/x", "/x"]}]) == {"files.example"}
}

test_a_password_that_is_told if {
	names([], [run(["echo", "root:xy\nb:$B"], [], ["chpasswd"])]) == {"root"}
	names([], [run(["echo", "root:xy"], [], ["cat"])]) == set()
}

test_a_placeholder_and_the_machine_itself if {
	names([{"name": "TOKEN", "value": "build-time-dummy"}, {"name": "TOKEN", "value": "fake_key"}], []) == set()
	names([{"name": "DB", "value": "postgres://a:bc@localhost:5432/x"}], []) == set()
}

test_what_builds_files_for_browsers if {
	given := {"keyword": "RUN", "commands": [{"words": ["./manage.py", "collectstatic", "--token=xy"], "assignments": ["KEY_TOKEN=xy"], "piped": false}]}
	{finding.part | some finding in secrets.finding} == {"--token"} with input.context.documents as [document([], [given])]
		with data.settings.config.dockerfile as object.union(settings, {"asset_commands": ["collectstatic"]})
}
