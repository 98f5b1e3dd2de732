# METADATA
# title: Containers do not write to their own files
# description: >-
#   With `readOnlyRootFilesystem: true` whoever breaks in can leave nothing behind in the container's own files. What
#   must be written goes to a volume.
# custom:
#   id: config.kubernetes.read_only_root
#   severity: low
#   controls: [NSA-KUBERNETES-HARDENING, NIST-800-53-CM-7]
#   remediation: |-
#     Write for each container, with a volume where it does write:
#
#       securityContext:
#         readOnlyRootFilesystem: true
#       volumeMounts:
#         - { name: tmp, mountPath: /tmp }
#
#     and in the spec of the pod:
#
#       volumes:
#         - { name: tmp, emptyDir: {} }
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/workloads]
package config.kubernetes.read_only_root

import data.lib.kubernetes

applies contains position if some position, _ in kubernetes.workloads

finding contains {"message": message, "document": container.position, "part": container.name, "pointer": container.pointer} if {
	some container in kubernetes.confined
	container.field != "ephemeralContainers"
	not is_read_only(container)
	message := $"Container {container.name} of {container.workload} can change its own files: `readOnlyRootFilesystem` is not true for it."
}

is_read_only(container) if container.spec.securityContext.readOnlyRootFilesystem == true
