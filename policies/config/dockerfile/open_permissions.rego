# METADATA
# title: No file of an image is for everybody to change
# description: >-
#   No mode lets every user write, such as `777`. What runs in the container as nobody special could then replace the
#   programs that others run. A folder with the sticky bit, as `/tmp` has, is left alone.
# custom:
#   id: config.dockerfile.open_permissions
#   severity: medium
#   controls: [NIST-800-53-AC-6]
#   remediation: |-
#     Give the files to the user who needs them, and to no other:
#
#       COPY --chown=10001:10001 data /data
#
#     Where the user is not known beforehand, as on OpenShift, group 0 may write: `chgrp -R 0 /data && chmod -R g=u /data`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [dockerfile]
package config.dockerfile.open_permissions

import data.lib.dockerfiles

applies contains position if some position, _ in dockerfiles.dockerfiles

finding contains {"message": message, "document": command.position, "part": part, "pointer": command.pointer} if {
	some command in dockerfiles.commands
	command.program == "chmod"
	some mode in command.words
	is_open(mode)
	target := command.words[count(command.words) - 1]
	not is_removed(command, target)
	part := $"{command.part}/{target}"
	message := $"{command.title} sets the mode {mode} on {target}: every user of the container may change it."
}

finding contains {"message": message, "document": instruction.position, "part": part, "pointer": instruction.pointer} if {
	some instruction in dockerfiles.instructions
	some flag in instruction.spec.flags
	flag.name == "chmod"
	is_open(flag.value)
	target := instruction.spec.args[count(instruction.spec.args) - 1]
	part := $"{instruction.part}/{target}"
	message := $"{instruction.title} sets the mode {flag.value} on {target}: every user of the container may change it."
}

# A folder to work in, which the same instruction takes away again.
is_removed(command, target) if {
	some other in dockerfiles.beside(command)
	other.program == "rm"
	target in other.words
}

# Digits: the last is what all others may. A fourth one before them is the sticky bit, or more.
is_open(mode) if {
	trim(mode, "01234567") == ""
	count(mode) in [3, 4]
	substring(mode, count(mode) - 1, 1) in ["2", "3", "6", "7"]
	not is_sticky(mode)
}

is_open(mode) if {
	some clause in split(mode, ",")
	some operator in ["+", "="]
	[who, what] := split(clause, operator)
	who != ""
	trim(who, "ugoa") == ""
	trim(who, "ug") != ""
	trim(what, "rwxXst") == ""
	contains(what, "w")
	not contains(what, "t")
}

is_sticky(mode) if {
	count(mode) == 4
	substring(mode, 0, 1) in ["1", "3", "5", "7"]
}
