# METADATA
# title: Images come from known registries
# description: >-
#   Images come from the registries that the settings name. As long as they name none, the rule has nothing to say.
# custom:
#   id: config.kubernetes.image_registry
#   severity: medium
#   controls: [CIS-KUBERNETES-5.5.1, NIST-800-53-CM-7, NIST-800-53-SR-3]
#   remediation: |-
#     Copy the image to a registry of the settings and name it there, or add the registry to
#     `settings.config.kubernetes.image_registries`. An entry may go on to a folder, such as `ghcr.io/shop`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/workloads]
package config.kubernetes.image_registry

import data.lib.images
import data.lib.kubernetes

applies contains position if {
	count(data.settings.config.kubernetes.image_registries) > 0
	some position, _ in kubernetes.workloads
}

finding contains {"message": message, "document": container.position, "part": container.name, "pointer": $"{container.pointer}/image", "remediation": remediation} if {
	some container in kubernetes.whole
	image := container.spec.image
	not is_known(image)
	not images.is_template(image)
	message := $"Container {container.name} of {container.workload} runs {images.full_name(image)}, which comes from none of the known registries."
	remediation := $"Take the image from {concat(" or ", data.settings.config.kubernetes.image_registries)}."
}

is_known(image) if {
	some registry in data.settings.config.kubernetes.image_registries
	startswith(images.full_name(image), $"{trim_suffix(registry, "/")}/")
}
