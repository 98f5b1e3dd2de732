# METADATA
# title: No secret file is copied into an image
# description: >-
#   No file that by its name holds keys or passwords is copied. A later `RUN rm` does not take it out: the layer below
#   keeps it.
# custom:
#   id: config.dockerfile.secret_files
#   severity: high
#   controls: [CIS-DOCKER-4.10, NIST-800-53-IA-5, ISO27001-A.8.24]
#   remediation: |-
#     Name the file in `.dockerignore`, and mount it for the one command that needs it:
#
#       RUN --mount=type=secret,id=netrc,target=/root/.netrc go mod download
#
#     Keys of SSH are used through `RUN --mount=type=ssh`. Which names count is in `settings.config.dockerfile.secret_files`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [dockerfile]
package config.dockerfile.secret_files

import data.lib.dockerfiles

applies contains position if some position, _ in dockerfiles.dockerfiles

finding contains {"message": message, "document": instruction.position, "part": $"{instruction.part}/{source}", "pointer": instruction.pointer} if {
	some instruction in dockerfiles.instructions
	instruction.spec.keyword in ["ADD", "COPY"]
	args := instruction.spec.args
	some source in array.slice(args, 0, count(args) - 1)
	segments := split(trim_right(source, "/"), "/")
	segments[count(segments) - 1] in data.settings.config.dockerfile.secret_files
	message := $"{instruction.title} copies {source} into the image: whoever can pull it has what is in there."
}
