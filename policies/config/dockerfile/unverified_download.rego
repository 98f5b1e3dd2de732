# METADATA
# title: Downloads stay verified
# description: >-
#   No download is made with the check of its certificate, or of its signature, turned off: whoever stands between the
#   build and the server can then put anything into the image.
# custom:
#   id: config.dockerfile.unverified_download
#   severity: high
#   controls: [CIS-DOCKER-4.11, NIST-800-53-SC-8, NIST-800-53-SI-7]
#   remediation: |-
#     Remove the flag or the variable. Where a company has a certificate authority of its own, add it to the image:
#
#       COPY company-ca.crt /usr/local/share/ca-certificates/
#       RUN update-ca-certificates
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [dockerfile]
package config.dockerfile.unverified_download

import data.lib.dockerfiles

applies contains position if some position, _ in dockerfiles.dockerfiles

finding contains {"message": message, "document": command.position, "part": part, "pointer": command.pointer} if {
	some command in dockerfiles.commands
	some word in command.words
	is_flag(command.program, word)
	not is_own(command)
	not is_compared(command)
	part := $"{command.part}/{command.program}"
	message := $"{command.title} calls {command.program} with {word}, so what it fetches may come from anybody."
}

finding contains {"message": message, "document": switch.position, "part": part, "pointer": switch.pointer} if {
	some switch in switches
	turns_off(switch.name, switch.value)
	part := $"{switch.part}/{switch.name}"
	message := $"{switch.title} sets {switch.name}, so what is fetched from then on may come from anybody."
}

# `git config http.sslVerify false`, or with `=`.
finding contains {"message": message, "document": command.position, "part": part, "pointer": command.pointer} if {
	some command in dockerfiles.commands
	some option, values in data.settings.config.dockerfile.check_options[command.program]
	some value in option_values(command.words, option)
	value in values
	part := $"{command.part}/{command.program}"
	message := $"{command.title} sets {option} of {command.program} to {value}, so what it fetches may come from anybody."
}

finding contains {"message": message, "document": command.position, "part": part, "pointer": command.pointer, "remediation": signed} if {
	some command in dockerfiles.commands
	some word in command.words
	contains(word, "trusted=yes")
	some scheme in ["http://", "https://"]
	host := split(split(word, scheme)[1], "/")[0]
	part := $"{command.part}/{host}"
	message := $"{command.title} trusts the packages of {host} without a signature, so they may come from anybody."
}

is_flag(program, word) if {
	some flag in data.settings.config.dockerfile.check_flags[program]
	split(word, "=")[0] == flag
}

is_flag(program, word) if word in data.settings.config.dockerfile.check_flags[program]

# `--setopt=REPOSITORY.sslverify=0` of yum and dnf.
is_flag(_, word) if {
	startswith(word, "--setopt=")
	some ending in data.settings.config.dockerfile.check_setopts
	endswith(lower(word), ending)
}

# `-fsSLk`: short flags stand together.
is_flag("curl", word) if {
	startswith(word, "-")
	not startswith(word, "--")
	letters := trim_prefix(word, "-")
	trim(letters, "fgiksvLS#0") == ""
	contains(letters, "k")
	letters != "k"
}

# Packages that were copied into the image, or whose signature was checked just before.
is_own(command) if {
	command.program == "apk"
	names := [word | some word in command.words; not startswith(word, "-"); not word in {"add", "apk"}]
	count(names) > 0
	every name in names {
		endswith(name, ".apk")
		not contains(name, "://")
	}
	not is_downloaded(command)
}

is_downloaded(command) if {
	not is_signed(command)
	some other in dockerfiles.commands
	[other.position, other.part] == [command.position, command.part]
	other.program in data.settings.config.dockerfile.downloaders
}

is_signed(command) if {
	some other in dockerfiles.beside(command)
	other.program == "gpg"
	"--verify" in other.words
}

# What was fetched is compared with a digest that the file says: whoever sends something else stops the build.
is_compared(command) if {
	command.program in data.settings.config.dockerfile.downloaders
	some other in dockerfiles.beside(command)
	other.program in ["echo", "printf"]
	some reader in other.readers
	reader in ["sha256sum", "sha384sum", "sha512sum", "shasum"]
}

turns_off(name, value) if {
	some off in data.settings.config.dockerfile.check_variables[name]
	off in [value, "*"]
	is_string(value)
}

option_values(words, option) := array.concat(
	[words[index + 1] | some index, word in words; word == option],
	[trim_prefix(word, $"{option}=") | some word in words; startswith(word, $"{option}=")],
)

signed := concat("\n", [
	"Name the key of whoever signs them:",
	"",
	"  deb [signed-by=/etc/apt/keyrings/NAME.asc] https://HOST/debian stable main",
	"",
	"An archive that is signed by a key that has expired is not safer without a check: build on a version that is still looked after.",
])

exported(command) := command.words if {
	command.program == "export"
} else := []

switches := array.concat(
	[switch |
		some instruction in dockerfiles.instructions
		instruction.spec.keyword in ["ARG", "ENV"]
		some index, pair in instruction.spec.pairs
		switch := object.union(
			object.filter(instruction, ["position", "part", "title"]),
			{"name": pair.name, "value": pair.value, "pointer": $"{instruction.pointer}/pairs/{index}"},
		)
	],
	[switch |
		some command in dockerfiles.commands
		some assignment in array.concat(command.assignments, exported(command))
		[name, value] := split(assignment, "=")
		switch := object.union(
			object.filter(command, ["position", "part", "title", "pointer"]),
			{"name": name, "value": value},
		)
	],
)
