# METADATA
# title: Kubernetes workloads
# description: |
#   Every workload with its pod, and every container of it. They are gathered once for all rules, in an object by
#   position and in an array: a set would hash each of them to its depth.
package lib.kubernetes

import data.lib.documents
import data.lib.text

# What runs pods, by position. Where the pod lies in each type is in the settings.
workloads[position] := workload if {
	some position, document in documents.written
	path := data.settings.config.kubernetes.pod_templates[document.type]
	workload := {
		"name": $"{document.content.kind} {trim_prefix(document.id, "_/")}",
		"pod": object.get(document.content, path, {}),
		"pointer": concat("", [$"/{step}" | some step in path]),
	}
}

# Init and ephemeral containers run in the same pod, with the same rights.
containers := [container |
	some position, workload in workloads
	some field in ["containers", "initContainers", "ephemeralContainers"]
	some index, spec in workload.pod[field]
	container := {
		"position": position,
		"workload": workload.name,
		"name": text.or_else(object.get(spec, "name", ""), $"{field}/{index}"),
		"pointer": $"{workload.pointer}/{field}/{index}",
		"spec": spec,
	}
]

# A setting of the container's securityContext, else of its pod's.
security(container, key) := value if {
	value := container.spec.securityContext[key]
	value != null
} else := workloads[container.position].pod.securityContext[key]

# True for a part of the system that the settings allow this. A name alone is not enough: its type and namespace count.
exempt(position, right) if {
	document := documents.written[position]
	metadata := document.content.metadata
	component := data.settings.config.kubernetes.system_components[$"{metadata.namespace}/{metadata.name}"]
	component.type == document.type
	right in component.may
}
