package config.dockerfile.non_root_test

import data.config.dockerfile.non_root

settings := {"wrappers": [], "non_root_bases": {"prefixes": ["safe/"], "words": ["nonroot"]}}

messages(stages) := found if {
	found := {finding.message | some finding in non_root.finding} with input.context.documents as [document(stages)]
		with data.settings.config.dockerfile as settings
}

document(stages) := {"type": "dockerfile", "id": "Dockerfile", "operation": "update", "content": {"stages": stages}}

stage(base, users) := {"name": "run", "base": base, "stage": null, "instructions": [instruction |
	some user in users
	instruction := {"keyword": "USER", "args": [user]}
]}

test_applies_to_dockerfiles if non_root.applies == {0} with input.context.documents as [document([])]

test_the_last_user_counts if {
	messages([stage("a", ["root", "10001"])]) == set()
	messages([stage("a", ["app"]), stage("a", ["root:root"])]) == {"Stage run runs as root: its last USER is root:root."}
	messages([stage("a", ["0"])]) == {"Stage run runs as root: its last USER is 0."}
}

test_without_one_the_image_decides if {
	messages([stage("a", [])]) == {"Stage run is not shown to run as another user than root: it has no USER, so a decides."}
	messages([stage("safe/a", [])]) == set()
	messages([stage("docker.io/safe/a", [])]) == set()
	messages([stage("a:nonroot", [])]) == set()
	messages([stage("windows/a", [])]) == set()
}
