# METADATA
# title: Volumes come from where the cluster controls them
# description: >-
#   Some types of volume run code on the node, or reach storage past the classes and drivers that the cluster allows.
#   Files of the node itself are the matter of `config.kubernetes.privileged`.
# custom:
#   id: config.kubernetes.unsafe_volumes
#   severity: medium
#   controls: [PSS-RESTRICTED, NIST-800-53-CM-7]
#   remediation: |-
#     Mount a PersistentVolumeClaim of a storage class of the cluster. In place of `gitRepo`, let an init container clone
#     into an `emptyDir`. Which types are unsafe stands in `settings.config.kubernetes.unsafe_volumes`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/workloads]
package config.kubernetes.unsafe_volumes

import data.lib.kubernetes

applies contains position if some position, _ in kubernetes.workloads

finding contains {"message": message, "document": position, "part": $"volume/{volume.name}", "pointer": $"{workload.pointer}/volumes/{index}/{type}", "remediation": remediation} if {
	some position, workload in kubernetes.workloads
	some index, volume in workload.pod.volumes
	some type, danger in data.settings.config.kubernetes.unsafe_volumes
	is_object(volume[type])
	not kubernetes.exempt_pod(position, type)
	message := $"{workload.name} has the volume {volume.name} of type {type}, which {danger}."
	remediation := instead(type)
}

instead(type) := "Let an init container clone the repository into an `emptyDir`." if {
	type == "gitRepo"
} else := $"Mount a PersistentVolumeClaim of a storage class of the cluster in place of `{type}`."
