# METADATA
# title: Base images name their version
# description: >-
#   An image that is built on `latest`, or on no tag, is another one tomorrow: nobody can build it again, or say what is in
#   it. A digest is better still; a version is what this rule asks for. Where an argument gives the tag, whoever builds the
#   image decides.
# custom:
#   id: config.dockerfile.base_version
#   severity: medium
#   controls: [NIST-800-53-CM-2, "ISO27001-A.8.9"]
#   remediation: |-
#     Name the version that you have tested, and let a bot raise it:
#
#       FROM node:24.11-alpine
#
#     Images that have rolling tags only are named in `settings.config.dockerfile.rolling_bases`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [dockerfile]
package config.dockerfile.base_version

import data.lib.dockerfiles

applies contains position if some position, _ in dockerfiles.dockerfiles

finding contains {"message": message, "document": stage.position, "part": stage.part, "pointer": stage.pointer} if {
	some stage in dockerfiles.stages
	not is_number(object.get(stage.spec, "stage", null))
	base := object.get(stage.spec, "base", "")
	is_moving(base)
	not is_given(dockerfiles.tag(dockerfiles.image(stage.spec)))
	not is_rolling(base)
	message := $"{stage.title} builds on {base} {how(base)}: it is another image tomorrow."
}

# What is filled in where it is built, or by a template, is not known here.
is_moving(base) if {
	base != "scratch"
	not contains(base, "$")
	not contains(base, "{{")
	not contains(base, "@")
	dockerfiles.tag(base) in ["", "latest"]
}

is_given(tag) if contains(tag, "$")

how(base) := "without a tag" if {
	dockerfiles.tag(base) == ""
} else := "by a tag that moves"

is_rolling(base) if {
	some prefix in data.settings.config.dockerfile.rolling_bases
	startswith(base, prefix)
}
