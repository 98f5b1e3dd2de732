package config.dockerfile.sudo_test

import data.config.dockerfile.sudo

settings := {"wrappers": ["sudo"], "non_root_bases": {"prefixes": ["safe/"], "words": []}}

messages(stages) := found if {
	found := {finding.message | some finding in sudo.finding} with input.context.documents as [document(stages)]
		with data.settings.config.dockerfile as settings
}

document(stages) := {"type": "dockerfile", "id": "Dockerfile", "operation": "update", "content": {"stages": stages}}

stage(base, below, instructions) := {"name": "run", "base": base, "stage": below, "instructions": instructions}

user(name) := {"keyword": "USER", "args": [name]}

run(words) := {"keyword": "RUN", "commands": [{"words": words, "assignments": [], "piped": false}]}

uses(name) := {$"Stage run uses sudo as the user {name}, so whoever runs in it becomes root without a password."}

test_applies_to_dockerfiles if sudo.applies == {0} with input.context.documents as [document([])]

test_a_line_of_sudoers if {
	messages([stage("a", null, [run(["echo", "app ALL=(ALL) NOPASSWD: ALL"])])]) == {"Stage run lets the user app become root without a password."}
	messages([stage("a", null, [run(["echo", "%ops ALL = NOPASSWD: ALL"])])]) == {"Stage run lets everybody in the group ops become root without a password."}
	messages([stage("a", null, [run(["sed", "-i", "s/(ALL) ALL/(ALL) NOPASSWD: ALL/"])])]) == {"Stage run lets users become root without a password."}
	messages([stage("a", null, [run(["echo", "-e", "app", "ALL=(root)", "NOPASSWD:ALL"])])]) == {"Stage run lets the user app become root without a password."}
	messages([stage("a", null, [run(["echo", "ALL ALL = NOPASSWD: ALL"])])]) == {"Stage run lets every user become root without a password."}
}

test_a_line_of_sudoers_that_names_commands if {
	messages([stage("a", null, [run(["echo", "app ALL=(root) NOPASSWD: /usr/sbin/smartctl, /sbin/nvme list"])])]) == set()
	messages([stage("a", null, [run(["echo", "app", "ALL=(root)", "NOPASSWD:", "/usr/sbin/smartctl"])])]) == set()
	messages([stage("a", null, [run(["echo", "app ALL=(root) NOPASSWD: /usr/sbin/smartctl, /bin/sh"])])]) == {"Stage run lets the user app become root without a password."}
	messages([stage("a", null, [run(["echo", "app ALL=(root) NOPASSWD: /usr/sbin/smartctl, ALL"])])]) == {"Stage run lets the user app become root without a password."}
}

test_sudo_of_a_user if {
	messages([stage("a", null, [user("app"), run(["sudo", "b"]), run(["doas", "c"])])]) == uses("app")
	messages([stage("safe/a", null, [run(["sudo", "b"])])]) == uses("of safe/a")
	messages([stage("a", null, [user("app")]), stage("run", 0, [run(["sudo", "b"])])]) == uses("app")
}

test_sudo_of_root_and_to_another_user if {
	messages([stage("a", null, [run(["sudo", "b"]), user("app")])]) == set()
	messages([stage("a", null, [user("app"), user("root"), run(["sudo", "b"])])]) == set()
	messages([stage("a", null, [user("app"), run(["sudo", "-u", "db", "b"]), run(["sudo", "--user=db", "b"]), run(["b", "sudo"])])]) == set()
}

test_who_stands_in_a_word_before if {
	messages([stage("a", null, [run(["echo", "app", "ALL=(ALL) NOPASSWD: ALL"])])]) == {"Stage run lets the user app become root without a password."}
	messages([stage("a", null, [run(["echo", "ALL=(ALL) NOPASSWD: ALL"])])]) == {"Stage run lets the user ALL=(ALL) become root without a password."}
}

test_a_script_for_a_shell_is_commands_of_its_own if {
	found := sudo.finding with input.context.documents as [document([stage("a", null, [run(["sh", "-c", "echo 'app ALL=(ALL) NOPASSWD: ALL'"])])])]
		with data.settings.config.dockerfile as object.union(settings, {"interpreters": ["sh"]})
	found == set()
}
