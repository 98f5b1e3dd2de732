# METADATA
# title: No secret stands in a Dockerfile
# description: >-
#   No variable whose name says that it is secret is given a value in the file. It is in the history of the image, and of
#   the repository, for everybody who may read one of them; and no build changes it.
# custom:
#   id: config.dockerfile.secrets
#   severity: high
#   controls: [CIS-DOCKER-4.10, NIST-800-53-IA-5, ISO27001-A.8.24]
#   remediation: |-
#     Remove the value and replace it where it was in use. What a build needs is mounted for one command, and left in no layer:
#
#       RUN --mount=type=secret,id=npm_token,env=NPM_TOKEN npm ci
#
#     What the program needs is given to the container when it starts.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [dockerfile]
package config.dockerfile.secrets

import data.lib.dockerfiles
import data.lib.text

applies contains position if some position, _ in dockerfiles.dockerfiles

finding contains {"message": message, "document": given.position, "part": given.name, "pointer": given.pointer} if {
	some given in values
	is_secret(given.name)
	says_something(given.value)
	message := $"The value of {given.name} stands in the file: whoever can pull the image, or read the repository, knows it."
}

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

is_secret(name) if {
	some word in data.settings.config.dockerfile.secret_words
	endswith($"_{lower(name)}", $"_{word}")
}

# A switch, a placeholder, the path of a file, or what is filled in from elsewhere is none.
says_something(value) if {
	is_string(value)
	not startswith(value, "$")
	not text.is_path(value)
	not lower(value) in data.settings.config.dockerfile.no_secrets
}
