# METADATA
# title: Nobody becomes root without a password
# description: >-
#   No user of the image may run what they like as root through `sudo`. What breaks into the program then is root in one
#   word, and the `USER` of the Dockerfile says something that is not so.
# custom:
#   id: config.dockerfile.sudo
#   severity: medium
#   controls: [CIS-DOCKER-4.1, CIS-DOCKER-4.3, NIST-800-53-AC-6]
#   remediation: |-
#     Do what needs root before the user is set, and leave `sudo` out of the image:
#
#       USER root
#       RUN apt-get update && apt-get install -y --no-install-recommends tini
#       USER 10001
#
#     In an image to develop in, where this is wanted, ask for a waiver.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [dockerfile]
package config.dockerfile.sudo

import data.lib.dockerfiles

applies contains position if some position, _ in dockerfiles.dockerfiles

finding contains {"message": message, "document": command.position, "part": $"{command.part}/{who}", "pointer": command.pointer} if {
	some command in dockerfiles.commands
	not runs_script(command)
	some who in receivers(command.words)
	message := $"{command.title} lets {name(who)} become root without a password."
}

# Nobody can type a password while the image is built. One finding a stage.
finding contains {"message": message, "document": stage.position, "part": $"{stage.part}/sudo", "pointer": first.pointer} if {
	some stage in dockerfiles.stages
	uses := [use |
		some at, instruction in stage.spec.instructions
		user := user_at(stage, at)
		not dockerfiles.is_root(user)
		some number, command in instruction.commands
		goes_through_sudo(command.words)
		use := {"user": user, "pointer": $"{stage.pointer}/instructions/{at}/commands/{number}"}
	]
	first := uses[0]
	message := $"{stage.title} uses sudo as the user {first.user}, so whoever runs in it becomes root without a password."
}

# What `sh -c` is given are commands of their own.
runs_script(command) if {
	command.program in data.settings.config.dockerfile.interpreters
	"-c" in command.words
}

# Without quotes each word of the line stands by itself, behind the command that writes it.
receivers(words) := lines if {
	texts := [[at, line] | some at, line in words; contains(line, " "); contains(line, "NOPASSWD")]
	texts != []
	lines := {receiver(words, at) | some [at, line] in texts; not is_limited(line)}
} else := {plain[0]} if {
	plain := [word | some at, word in words; at > 0; not startswith(word, "-")]
	some word in words
	contains(word, "NOPASSWD")
	not is_limited(concat(" ", words))
}

# Who is named first, in the text or in a word of their own before it.
receiver(words, at) := words[at - 1] if {
	contains(split(trim_left(words[at], " "), " ")[0], "=")
	at > 1
} else := split(trim_left(words[at], " "), " ")[0]

# Who may call only what is named, and none of it is a shell, does not become root by it.
is_limited(line) if {
	commands := [split(trim_space(command), " ")[0] | some command in split(split(line, "NOPASSWD:")[1], ",")]
	every command in commands {
		startswith(command, "/")
		not is_shell(command)
	}
}

is_shell(command) if {
	some shell in ["bash", "env", "sh", "su", "zsh"]
	endswith(command, $"/{shell}")
}

name(who) := "every user" if {
	who == "ALL"
} else := $"everybody in the group {trim_prefix(who, "%")}" if {
	startswith(who, "%")
} else := "users" if {
	contains(who, "/")
} else := $"the user {who}"

# To become another user than root takes nothing from anybody.
goes_through_sudo(words) if {
	words[0] in ["sudo", "/usr/bin/sudo", "doas"]
	not becomes_another(words)
}

becomes_another(words) if {
	some word in words
	word in ["-u", "--user"]
}

becomes_another(words) if {
	some word in words
	startswith(word, "--user=")
}

# The user by whom an instruction is run: the last that was set before, or the one of an image that is known to set one.
user_at(stage, at) := before[count(before) - 1] if {
	before := [user.spec.args[0] |
		some user in dockerfiles.users(stage)
		is_before(user, stage.index, at)
	]
	count(before) > 0
} else := $"of {split(base, "@")[0]}" if {
	base := dockerfiles.base(stage)
	dockerfiles.is_non_root(base)
} else := "root"

is_before(user, index, _) if user.stage < index

is_before(user, index, at) if {
	user.stage == index
	user.at < at
}
