package config.dockerfile.unverified_download_test

import data.config.dockerfile.unverified_download

settings := {
	"wrappers": [],
	"check_flags": {"wget": ["--no-check-certificate"]},
	"check_options": {"git": {"ssl": ["false"]}},
	"check_variables": {"TLS": ["0"]},
}

document(instruction) := {"type": "dockerfile", "id": "Dockerfile", "operation": "update", "content": {"stages": [{"name": "run", "instructions": [instruction]}]}}

run(words, assignments) := {"keyword": "RUN", "commands": [{"words": words, "assignments": assignments, "piped": false}]}

messages(instruction) := found if {
	found := {finding.message | some finding in unverified_download.finding} with input.context.documents as [document(instruction)]
		with data.settings.config.dockerfile as settings
}

test_applies_to_dockerfiles if {
	unverified_download.applies == {0} with input.context.documents as [document({})] with data.settings.config.dockerfile as settings
}

test_a_flag_of_the_program_that_has_it if {
	messages(run(["wget", "--no-check-certificate", "x"], [])) == {"Stage run calls wget with --no-check-certificate, so what it fetches may come from anybody."}
	messages(run(["echo", "--no-check-certificate"], [])) == set()
}

test_short_flags_of_curl_stand_together if {
	messages(run(["curl", "-fsSLk", "x"], [])) == {"Stage run calls curl with -fsSLk, so what it fetches may come from anybody."}
	messages(run(["curl", "-fsSL", "-okey", "--keepalive", "x"], [])) == set()
}

test_a_variable_for_all_that_follows if {
	said := {"Stage run sets TLS, so what is fetched from then on may come from anybody."}
	messages({"keyword": "ENV", "pairs": [{"name": "TLS", "value": "0"}]}) == said
	messages(run(["x"], ["TLS=0"])) == said
	messages(run(["x"], ["TLS=1"])) == set()
}

test_an_option_that_stays if {
	said := {"Stage run sets ssl of git to false, so what it fetches may come from anybody."}
	messages(run(["git", "config", "--global", "ssl", "false"], [])) == said
	messages(run(["git", "config", "ssl=false"], [])) == said
	messages(run(["git", "config", "ssl", "true"], [])) == set()
	messages(run(["git", "config", "ssl"], [])) == set()
	messages(run(["echo", "ssl", "false"], [])) == set()
}

test_packages_without_signatures if {
	said := {"Stage run trusts the packages of apt.example without a signature, so they may come from anybody."}
	messages(run(["echo", "deb [trusted=yes] http://apt.example/debian main"], [])) == said
	messages(run(["echo", "deb [ trusted=yes ] file://$dir . x"], [])) == set()
	messages(run(["echo", "trusted=yes"], [])) == set()
}
