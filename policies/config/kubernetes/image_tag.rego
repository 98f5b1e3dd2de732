# METADATA
# title: Images name their version
# description: >-
#   An image without a tag, or with `latest`, is another program tomorrow: two pods of one workload may differ, and nobody
#   can go back.
# custom:
#   id: config.kubernetes.image_tag
#   severity: medium
#   controls: [NIST-800-53-CM-2, "ISO27001-A.8.9"]
#   remediation: |-
#     Name the version, or better the digest: `image: registry.example/shop/web:1.4.2`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/workloads]
package config.kubernetes.image_tag

import data.lib.images
import data.lib.kubernetes

applies contains position if some position, _ in kubernetes.workloads

finding contains {"message": message, "document": container.position, "part": container.name, "pointer": $"{container.pointer}/image"} if {
	some container in kubernetes.whole
	image := container.spec.image
	images.tag(image) in ["", "latest"]
	not images.has_digest(image)
	not images.is_template(image)
	message := $"Container {container.name} of {container.workload} runs {image}, which may be another program tomorrow: it names no version."
}
