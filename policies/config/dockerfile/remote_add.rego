# METADATA
# title: What ADD fetches is compared with a digest
# description: >-
#   `ADD` of an address takes whatever the server sends on that day. With `--checksum` the build stops when it is something
#   else; a repository is named by its commit.
# custom:
#   id: config.dockerfile.remote_add
#   severity: medium
#   controls: [CIS-DOCKER-4.9, NIST-800-53-SI-7]
#   remediation: |-
#     Say what you expect:
#
#       ADD --checksum=sha256:DIGEST https://get.example/tool.tar.gz /tmp/
#
#     A repository is named by its whole commit: `ADD https://github.com/OWNER/NAME.git#COMMIT /src`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [dockerfile]
package config.dockerfile.remote_add

import data.lib.dockerfiles
import data.lib.text

applies contains position if some position, _ in dockerfiles.dockerfiles

finding contains {"message": message, "document": instruction.position, "part": $"{instruction.part}/{source}", "pointer": instruction.pointer} if {
	some instruction in dockerfiles.instructions
	instruction.spec.keyword == "ADD"
	not has_checksum(instruction.spec)
	args := instruction.spec.args
	some source in array.slice(args, 0, count(args) - 1)
	is_remote(source)
	not names_commit(source)
	message := $"{instruction.title} adds {source} without a checksum: it takes whatever the server sends."
}

has_checksum(spec) if {
	some flag in spec.flags
	flag.name == "checksum"
	flag.value != ""
}

is_remote(source) if {
	some scheme in ["http://", "https://", "git@", "git://", "ssh://"]
	startswith(lower(source), scheme)
}

names_commit(source) if {
	some step in split(source, "/")
	text.is_hex(step, 40)
}

names_commit(source) if {
	[_, fragment] := split(source, "#")
	text.is_hex(split(fragment, ":")[0], 40)
}
