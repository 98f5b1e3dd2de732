# METADATA
# title: Kubernetes workloads
# description: |
#   Every workload with its pod, and every container of it. They are gathered once for all rules, in an object by
#   position and in an array: a set would hash each of them to its depth.
package lib.kubernetes

import data.lib.documents
import data.lib.images
import data.lib.text

# What runs pods, by position. Where the pod lies in each type is in the settings.
workloads[position] := workload if {
	some position, document in documents.written
	template := templates[document.type]
	workload := {
		"type": document.type,
		"name": $"{document.content.kind} {trim_prefix(document.id, "_/")}",
		"pod": object.get(document.content, template.pod, {}),
		"metadata": object.get(document.content, template.metadata, {}),
		"pointer": template.pointer,
	}
}

# Where the pod of each type that is here lies, and its metadata beside it.
templates[type] := template if {
	some type in types
	path := data.settings.config.kubernetes.pod_templates[type]
	template := {
		"pod": path,
		"metadata": array.concat(array.slice(path, 0, count(path) - 1), ["metadata"]),
		"pointer": concat("", [$"/{step}" | some step in path]),
	}
}

types contains document.type if some document in documents.written

# Init and ephemeral containers run in the same pod, with the same rights.
fields := ["containers", "initContainers", "ephemeralContainers"]

containers := [container |
	some position, workload in workloads
	some field in fields
	some index, spec in workload.pod[field]
	container := {
		"position": position,
		"workload": workload.name,
		"name": text.or_else(object.get(spec, "name", ""), $"{field}/{index}"),
		"field": field,
		"pointer": $"{workload.pointer}/{field}/{index}",
		"spec": spec,
	}
]

# Those that say all that they are. One without an image is part of a patch: what it leaves out is not missing.
whole := [container |
	some container in containers
	text.or_else(object.get(container.spec, "image", ""), "") != ""
]

# Those that can be held in bounds: a privileged one has none, which is another rule's matter, and Windows has others.
confined := [container |
	some container in whole
	not is_privileged(container)
	not is_windows(container.position)
]

# Those that run as long as their pod: its containers, and the init containers that stay beside them.
lasting := [container |
	some container in whole
	is_lasting(container)
]

is_lasting(container) if container.field == "containers"

is_lasting(container) if {
	container.field == "initContainers"
	container.spec.restartPolicy == "Always"
}

is_privileged(container) if container.spec.securityContext.privileged == true

is_windows(position) if workloads[position].pod.os.name == "windows"

is_windows(position) if workloads[position].pod.nodeSelector["kubernetes.io/os"] == "windows"

# What is replaced pod by pod, while the others serve.
is_rolled_out(position) if {
	workloads[position].type in [
		"kubernetes/Deployment.apps",
		"kubernetes/Deployment.extensions",
		"kubernetes/DeploymentConfig.apps.openshift.io",
		"kubernetes/Rollout.argoproj.io",
		"kubernetes/StatefulSet.apps",
	]
}

# By the container, or by its pod for all of them.
has_resource(container, field, resource) if container.spec.resources[field][resource] != null

has_resource(container, field, resource) if workloads[container.position].pod.resources[field][resource] != null

# A capability as the kernel's manual spells it, without its prefix.
capability(name) := trim_prefix(upper(name), "CAP_") if {
	is_string(name)
} else := ""

# A setting of the container's securityContext, else of its pod's.
security(container, key) := value if {
	value := container.spec.securityContext[key]
	value != null
} else := workloads[container.position].pod.securityContext[key]

# What the settings allow a part of the system: a workload known by its type, namespace and name, or a container known by
# the image that it runs.
exempt(container, right) if right in named[container.position].may

exempt(container, right) if right in component_of(container.position, container.spec).may

# What a pod does, all its containers share: each of them must be known by its image, and one must be allowed this.
exempt_pod(position, right) if right in named[position].may

exempt_pod(position, right) if {
	specs := [spec | some field in fields; some spec in workloads[position].pod[field]]
	known := [component | some spec in specs; component := component_of(position, spec)]
	count(known) == count(specs)
	some component in known
	right in component.may
}

component_of(position, spec) := component if {
	component := known_images[spec.image]
	workloads[position].type in component.types
}

# Containers repeat the images of each other, and rules the question: each is looked up once.
known_images[image] := component if {
	some image, _ in written_images
	component := data.settings.config.kubernetes.system_images[images.repository(unmirrored(image))]
}

written_images[image] := true if {
	some container in containers
	image := container.spec.image
	is_string(image)
}

# A mirror keeps the whole name behind its own.
unmirrored(image) := trim_prefix(image, found[0]) if {
	found := [mirror |
		some name in data.settings.config.kubernetes.image_mirrors
		mirror := text.with_slash(name)
		startswith(image, mirror)
	]
	count(found) > 0
} else := image

# By position. Many rules ask about each workload: its name is looked up once.
named[position] := component if {
	some position, workload in workloads
	metadata := documents.written[position].content.metadata
	component := data.settings.config.kubernetes.system_components[$"{metadata.namespace}/{metadata.name}"]
	component.type == workload.type
}
