# METADATA
# title: No download is run unseen
# description: >-
#   A script that goes from the network into a shell is run before anybody has seen it, and is another one whenever its
#   server says so. If the transfer breaks off, half of it is run.
# custom:
#   id: config.dockerfile.piped_download
#   severity: medium
#   controls: [CIS-DOCKER-4.11, NIST-800-53-SI-7]
#   remediation: |-
#     Fetch it, compare it with a digest that stands in the Dockerfile, then run it:
#
#       ADD --checksum=sha256:DIGEST https://get.example/install.sh /tmp/install.sh
#       RUN sh /tmp/install.sh
#
#     Or install a package by its version.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [dockerfile]
package config.dockerfile.piped_download

import data.lib.dockerfiles

applies contains position if some position, _ in dockerfiles.dockerfiles

finding contains {"message": message, "document": command.position, "part": part, "pointer": command.pointer} if {
	some command in dockerfiles.commands
	how := runs(command)
	part := $"{command.part}/{target(command)}"
	message := $"{command.title} runs what {target(command)} sends, {how}: nobody has seen it before."
}

# PowerShell is not read as commands are: its text says it.
finding contains {"message": message, "document": instruction.position, "part": part, "pointer": instruction.pointer} if {
	some instruction in dockerfiles.instructions
	instruction.spec.keyword == "RUN"
	hands_over(lower(object.get(instruction.spec, "text", "")))
	host := target({"words": split(replace(replace(instruction.spec.text, "'", " "), "\"", " "), " ")})
	part := $"{instruction.part}/{host}"
	message := $"{instruction.title} runs what {host} sends, handed to Invoke-Expression: nobody has seen it before."
}

hands_over(text) if {
	contains(text, "downloadstring(")
	says(text, ["iex ", "iex(", "invoke-expression"])
}

hands_over(text) if {
	says(text, ["invoke-restmethod ", "invoke-webrequest ", "irm ", "iwr "])
	says(text, ["| iex", "|iex", "| invoke-expression", "|invoke-expression", "iex (i", "iex(i", "iex \"& { $(i"])
}

says(text, words) if {
	some word in words
	contains(text, word)
}

runs(command) := $"piped into {reader}" if {
	is_downloader(command.program)
	readers := [name | some name in command.readers; name in data.settings.config.dockerfile.interpreters]
	reader := readers[0]
} else := $"handed to {command.program}" if {
	command.program in data.settings.config.dockerfile.interpreters
	some word in command.words
	is_nested_download(word)
}

is_downloader(name) if name in data.settings.config.dockerfile.downloaders

# `bash <(curl …)`, `sh -c "$(curl …)"`.
is_nested_download(word) if {
	some opening in ["$(", "<(", "`"]
	startswith(word, opening)
	is_downloader(split(trim_left(word, "$(<`"), " ")[0])
}

# The host that is asked, or what stands for it.
target(command) := split(split(address, "://")[1], "/")[0] if {
	addresses := [piece |
		some word in command.words
		some piece in split(word, " ")
		contains(piece, "://")
	]
	address := addresses[0]
} else := "the network"
