# METADATA
# title: Images from registries of one's own
# description: >-
#   What runs comes from the registries that the organisation keeps: there images are built, scanned and kept. Which
#   ones they are is a setting; while it names none, nothing is asked.
# custom:
#   id: deploy.trusted_registry
#   severity: high
#   controls: [SOC2-CC6.8, "ISO27001-A.8.19", NIST-800-53-CM-7, NIST-800-53-SR-4]
#   remediation: |-
#     Push the image to a registry that is allowed, and deploy it from there:
#
#       docker buildx imagetools create --tag registry.example/shop/checkout:1.4.2 IMAGE
#
#     The registries are `registries` of `policies/settings/deploy/data.json`; each is the beginning of an image's name, up to a `/`.
#   waivable_by: [platform-security]
#   requires: [/context/artifact/image]
#   effective_on: "2026-01-01T00:00:00.000Z"
package deploy.trusted_registry

import data.lib.text

applies if count(data.settings.deploy.registries) > 0

finding contains {"message": message, "pointer": "/context/artifact/image", "remediation": remediation} if {
	not is_allowed
	message := $"{image} comes from none of the allowed registries: {concat(", ", sort(data.settings.deploy.registries))}."
	remediation := $"Push the image to one of them and deploy it from there. A name without a host, such as `nginx`, is of Docker Hub."
}

image := input.context.artifact.image

# Up to a slash: `registry.example.attacker.test/…` is another host.
is_allowed if {
	some registry in data.settings.deploy.registries
	startswith(image, text.with_slash(registry))
}
