# METADATA
# title: No secret stands in a Dockerfile
# description: >-
#   No variable or option whose name says that it is secret is given a value in the file, no address has its password in it,
#   and no user is given one. It is in the history of the image, and of the repository, for everybody who may read one of
#   them; and no build changes it.
# custom:
#   id: config.dockerfile.secrets
#   severity: high
#   controls: [CIS-DOCKER-4.10, NIST-800-53-IA-5, ISO27001-A.8.24]
#   remediation: |-
#     Remove the value, and change the secret where it is in use, since it is known. What a build needs is mounted for one
#     command, and left in no layer:
#
#       RUN --mount=type=secret,id=npm_token,env=NPM_TOKEN npm ci
#
#     What the program needs is given to the container when it starts. A value that only fills a place is named in
#     `settings.config.dockerfile.no_secrets`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [dockerfile]
package config.dockerfile.secrets

import data.lib.dockerfiles
import data.lib.text

applies contains position if some position, _ in dockerfiles.dockerfiles

finding contains {"message": message, "document": given.position, "part": given.name, "pointer": given.pointer} if {
	some given in array.concat(values, written)
	given.name in secret_names
	says_something(given.value)
	message := $"The value of {given.name} stands in the file: {known}"
}

finding contains {"message": message, "document": place.position, "part": host, "pointer": place.pointer} if {
	some place in addresses
	some [host, password] in text.passwords(place.text)
	says_something(password)
	not split(host, ":")[0] in ["127.0.0.1", "localhost"]
	message := $"An address of {host} is written with its password: {known}"
}

finding contains {"message": message, "document": command.position, "part": user, "pointer": command.pointer} if {
	some command in dockerfiles.commands
	command.readers[0] == "chpasswd"
	some word in command.words
	some line in split(word, "\n")
	[user, password] := split(line, ":")
	says_something(password)
	message := $"The password of the user {user} stands in the file: {known}"
}

known := "whoever can pull the image, or read the repository, knows it."

values := array.concat(
	[given |
		some position, content in dockerfiles.dockerfiles
		some index, argument in content.arguments
		given := {"position": position, "name": argument.name, "value": argument.value, "pointer": $"/arguments/{index}"}
	],
	[given |
		some instruction in dockerfiles.instructions
		instruction.spec.keyword in ["ARG", "ENV"]
		some index, pair in instruction.spec.pairs
		given := {
			"position": instruction.position,
			"name": pair.name,
			"value": pair.value,
			"pointer": $"{instruction.pointer}/pairs/{index}",
		}
	],
)

# `NAME=value` before a command, after `export`, or as an option.
written := [given |
	some command in dockerfiles.commands
	some word in array.concat(used(command), command.words)
	contains(word, "=")
	parts := split(word, "=")
	is_name(parts[0])
	given := {
		"position": command.position,
		"name": parts[0],
		"value": concat("=", array.slice(parts, 1, count(parts))),
		"pointer": command.pointer,
	}
]

# What builds files for browsers only wants a key to be there.
used(command) := [] if {
	some word in command.words
	word in data.settings.config.dockerfile.asset_commands
} else := command.assignments

is_name(text) if {
	every sign in [" ", "\\", "'"] {
		not contains(text, sign)
	}
}

addresses := array.flatten([
	[{"position": given.position, "text": given.value, "pointer": given.pointer} |
		some given in values
		is_address(given.value)
	],
	[{"position": command.position, "text": word, "pointer": command.pointer} |
		some command in dockerfiles.commands
		some word in array.concat(command.assignments, command.words)
		is_address(word)
	],
	[{"position": instruction.position, "text": word, "pointer": instruction.pointer} |
		some instruction in dockerfiles.instructions
		instruction.spec.keyword == "ADD"
		some word in instruction.spec.args
		is_address(word)
	],
])

is_address(text) if {
	is_string(text)
	contains(text, "://")
	contains(text, "@")
}

# Each name is looked at once. Options and properties are written with other signs between their words.
secret_names contains name if {
	some name in names
	plain := $"_{replace(replace(lower(name), "-", "_"), ".", "_")}"
	some ending in endings
	endswith(plain, ending)
}

names contains given.name if some given in array.concat(values, written)

endings := [$"_{word}" | some word in data.settings.config.dockerfile.secret_words]

# A switch, a placeholder such as `build-time-dummy`, a single sign, the path of a file, or what is filled in from elsewhere is none.
says_something(value) if {
	is_string(value)
	count(value) > 1
	not is_filled_in(value)
	not text.is_path(value)
	not lower(value) in data.settings.config.dockerfile.no_secrets
	not is_placeholder(value)
}

is_placeholder(value) if {
	some word in split(replace(lower(value), "_", "-"), "-")
	word in ["dummy", "fake", "placeholder"]
}

is_filled_in(value) if {
	some opening in ["$", "`", "id="]
	startswith(value, opening)
}
