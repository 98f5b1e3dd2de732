package config.dockerfile.unverified_download_test

import data.config.dockerfile.unverified_download

settings := {
	"wrappers": [],
	"downloaders": ["curl"],
	"check_flags": {"apk": ["--allow-untrusted"], "wget": ["--no-check-certificate"], "git": ["ssl=off"]},
	"check_options": {"git": {"ssl": ["false"]}},
	"check_setopts": ["sslverify=0"],
	"check_variables": {"TLS": ["0"], "NO_TLS": ["*"]},
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

test_a_flag_with_its_value if {
	messages(run(["git", "-c", "ssl=off", "clone"], [])) == {"Stage run calls git with ssl=off, so what it fetches may come from anybody."}
	messages(run(["git", "-c", "ssl=on", "clone"], [])) == set()
	messages(run(["wget", "--no-check-certificate=host"], [])) == {"Stage run calls wget with --no-check-certificate=host, so what it fetches may come from anybody."}
	messages(run(["yum-config-manager", "--setopt=a.sslVerify=0"], [])) == {"Stage run calls yum-config-manager with --setopt=a.sslVerify=0, so what it fetches may come from anybody."}
	messages(run(["yum-config-manager", "--setopt=a.sslverify=1"], [])) == set()
}

test_a_variable_that_counts_whatever_it_says if {
	said := {"Stage run sets NO_TLS, so what is fetched from then on may come from anybody."}
	messages({"keyword": "ARG", "pairs": [{"name": "NO_TLS", "value": "x"}]}) == said
	messages({"keyword": "ARG", "pairs": [{"name": "NO_TLS", "value": null}]}) == set()
	messages(run(["export", "NO_TLS=x"], [])) == said
}

test_a_package_of_ones_own if {
	messages(run(["apk", "add", "--allow-untrusted", "/tmp/a.apk", "b.apk"], [])) == set()
	said := {"Stage run calls apk with --allow-untrusted, so what it fetches may come from anybody."}
	messages(run(["apk", "add", "--allow-untrusted", "/tmp/a.apk", "b"], [])) == said
	messages(run(["apk", "add", "--allow-untrusted", "https://files.example/a.apk"], [])) == said
	messages(run(["apk", "add", "--allow-untrusted"], [])) == said
	messages({"keyword": "RUN", "commands": [
		{"words": ["curl", "-o", "a.apk", "https://files.example/a.apk"], "assignments": [], "piped": false},
		{"words": ["apk", "add", "--allow-untrusted", "a.apk"], "assignments": [], "piped": false},
	]}) == said
}

shell(list) := {"keyword": "RUN", "commands": [{"words": words, "assignments": [], "piped": words[0] == "echo"} | some words in list]}

test_a_digest_that_the_file_says if {
	messages(shell([["curl", "-fk", "x"], ["echo", "0a  x"], ["sha256sum", "-c", "-"]])) == set()
	count(messages(shell([["curl", "-fk", "x"], ["sha256sum", "-c", "sums"]]))) == 1
	count(messages(shell([["curl", "-fk", "x"], ["echo", "0a  x"], ["cat"]]))) == 1
}

test_a_signature_that_was_checked if {
	messages(shell([["curl", "x"], ["gpg", "--verify", "a.sig", "a.apk"], ["apk", "add", "--allow-untrusted", "a.apk"]])) == set()
	count(messages(shell([["curl", "x"], ["gpg", "--import", "a"], ["apk", "add", "--allow-untrusted", "a.apk"]]))) == 1
}

test_a_digest_that_is_only_printed_proves_nothing if {
	commands := [
		{"words": ["curl", "-fk", "x"], "assignments": [], "piped": true},
		{"words": ["sha256sum"], "assignments": [], "piped": false},
	]
	count(messages({"keyword": "RUN", "commands": commands})) == 1
}
