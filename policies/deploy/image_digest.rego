# METADATA
# title: Images pinned by digest
# description: >-
#   What is deployed is named by the digest of its content. A tag can be moved after it was tested and approved; then
#   what runs is not what was decided on.
# custom:
#   id: deploy.image_digest
#   severity: high
#   controls: [SOC2-CC7.1, "ISO27001-A.8.19", NIST-800-53-CM-14, NIST-800-53-SI-7]
#   remediation: |-
#     Send the digest that the registry gave when the image was pushed, in `context.artifact`:
#
#       "artifact": {
#         "image": "registry.example/shop/checkout:1.4.2",
#         "digest": "sha256:<64 hexadecimal digits>"
#       }
#
#     and deploy the image by it, as `registry.example/shop/checkout@sha256:…`. For an image that is there already,
#     `docker buildx imagetools inspect IMAGE` prints it.
#   waivable_by: [platform-security]
#   requires: [/context/artifact/image]
#   effective_on: "2026-01-01T00:00:00.000Z"
package deploy.image_digest

import data.lib.digest

applies := true

finding contains {"message": message, "pointer": "/context/artifact/digest"} if {
	not artifact.digest
	message := $"{artifact.image} is sent without a digest: its tag can be moved to another image after this decision."
}

finding contains {"message": message, "pointer": "/context/artifact/digest"} if {
	artifact.digest
	not digest.is_digest(artifact.digest)
	message := $"`{artifact.digest}`, the digest of {artifact.image}, is not one: a digest is `sha256:` and 64 hexadecimal digits in lower case."
}

# The digest is what the decision is about, so an image that names another one would be deployed unseen.
finding contains {"message": message, "pointer": "/context/artifact/image", "remediation": remediation} if {
	digest.is_digest(artifact.digest)
	[_, named] := split(artifact.image, "@")
	named != artifact.digest
	message := $"{artifact.image} names another digest than `artifact.digest`, which is {artifact.digest}."
	remediation := "Send the digest of the image that will be deployed in both places."
}

artifact := input.context.artifact
