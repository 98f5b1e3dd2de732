# METADATA
# title: Images do not run as root
# description: >-
#   The last stage ends with a `USER` other than root, or builds on an image that is known to set one. What runs in a
#   container as root is root on the node as well once it breaks out, and may change every file of the image before.
# custom:
#   id: config.dockerfile.non_root
#   severity: medium
#   controls: [CIS-DOCKER-4.1, NIST-800-53-AC-6]
#   remediation: |-
#     Write at the end of the last stage, with a number, so that Kubernetes can tell too:
#
#       USER 10001
#
#     Where the image below sets a user already, name that image in `settings.config.dockerfile.non_root_bases`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [dockerfile]
package config.dockerfile.non_root

import data.lib.dockerfiles

applies contains position if some position, _ in dockerfiles.dockerfiles

finding contains {"message": message, "document": stage.position, "part": stage.part, "pointer": instruction.pointer} if {
	some stage in dockerfiles.stages
	dockerfiles.is_last(stage)
	users := dockerfiles.users(stage)
	instruction := users[count(users) - 1]
	dockerfiles.is_root(instruction.spec.args[0])
	message := $"{stage.title} runs as root: its last USER is {instruction.spec.args[0]}."
}

finding contains {"message": message, "document": stage.position, "part": stage.part, "pointer": stage.pointer} if {
	some stage in dockerfiles.stages
	dockerfiles.is_last(stage)
	dockerfiles.users(stage) == []
	not dockerfiles.is_windows(stage)
	not dockerfiles.is_non_root(dockerfiles.base(stage))
	message := $"{stage.title} is not shown to run as another user than root: it has no USER, so {split(dockerfiles.base(stage), "@")[0]} decides."
}
