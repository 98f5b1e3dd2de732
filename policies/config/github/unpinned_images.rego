# METADATA
# title: Images of jobs have a version
# description: >-
#   The image that a job or its services run in has a version or a digest. Without one, or with `latest`, whoever
#   publishes the image decides anew with each run what the job runs.
# custom:
#   id: config.github.unpinned_images
#   severity: low
#   controls: [OWASP-CICD-SEC-3, NIST-800-53-CM-2, "ISO27001-A.5.21"]
#   remediation: |-
#     Name the version, or better the digest, which nobody can move:
#
#       image: postgres:17.6
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/workflow]
package config.github.unpinned_images

import data.lib.workflows

applies contains position if some position, _ in workflows.workflows

finding contains {"message": message, "document": container.position, "part": container.part, "pointer": pointer} if {
	some container in workflows.containers
	[key, image] := image_of(container.spec)
	is_floating(image)
	pointer := $"{container.pointer}{key}"
	message := $"The {container.where} runs {image}: no version is named, so each run may get another image."
}

# A container is an image, or has one.
image_of(spec) := ["", spec] if {
	is_string(spec)
} else := ["/image", spec.image] if {
	is_string(spec.image)
} else := ["", ""]

is_floating(image) if endswith(image, ":latest")

is_floating(image) if {
	image != ""
	not is_chosen(image)
	names := split(image, "/")
	not contains(names[count(names) - 1], ":")
}

# By an expression, which may say anything, or by a digest.
is_chosen(image) if contains(image, "${{")

is_chosen(image) if contains(image, "@")
