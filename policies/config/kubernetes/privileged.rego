# METADATA
# title: Pods stay apart from their node
# description: >-
#   A privileged container, one with a capability that amounts to it, or a pod that shares namespaces or files of its
#   node can take over the node, and with it every other pod there. Components of the system that need this are
#   exempted in the settings, by the image that they run or by name.
# custom:
#   id: config.kubernetes.privileged
#   severity: critical
#   controls: [PSS-BASELINE, CIS-KUBERNETES-5.2.2, CIS-KUBERNETES-5.2.3, CIS-KUBERNETES-5.2.4, CIS-KUBERNETES-5.2.5, CIS-KUBERNETES-5.2.10, CIS-KUBERNETES-5.2.11, NIST-800-53-AC-6, NIST-800-53-SC-39]
#   remediation: |-
#     Remove what gives the pod its node: `privileged: true`, `hostNetwork`, `hostPID`, `hostIPC`, volumes of type
#     `hostPath`, and the capability. A part of the system that cannot do without is added, with a reason, to
#     `settings.config.kubernetes.system_images`, or by its name to `system_components` beside it. A registry that mirrors
#     others, with their whole names behind its own, goes to `image_mirrors`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/workloads]
package config.kubernetes.privileged

import data.lib.kubernetes

applies contains position if some position, _ in kubernetes.workloads

finding contains {"message": message, "document": container.position, "part": container.name, "pointer": pointer, "remediation": remediation} if {
	some container in kubernetes.containers
	container.spec.securityContext.privileged == true
	not kubernetes.exempt(container, "privileged")
	message := $"Container {container.name} of {container.workload} is privileged: whoever breaks into it owns the node."
	pointer := $"{container.pointer}/securityContext/privileged"
	remediation := $"Remove `privileged: true`. If the container needs one right of the kernel, add only that one under `securityContext.capabilities.add`. {known}"
}

# Each capability is a part of its own, so that a waiver of one does not excuse another.
finding contains {"message": message, "document": container.position, "part": part, "pointer": pointer, "remediation": remediation} if {
	some container in kubernetes.containers
	some index, capability in container.spec.securityContext.capabilities.add
	name := trim_prefix(upper(capability), "CAP_")
	name in data.settings.config.kubernetes.dangerous_capabilities
	not kubernetes.exempt(container, "capabilities")
	part := $"{container.name}/{name}"
	message := $"Container {container.name} of {container.workload} adds the capability {name}, which gives it rights over its node."
	pointer := $"{container.pointer}/securityContext/capabilities/add/{index}"
	remediation := $"Remove {capability} from `securityContext.capabilities.add`. {known}"
}

# On Windows this is what privileged is on Linux.
finding contains {"message": message, "document": container.position, "part": container.name, "pointer": container.pointer, "remediation": remediation} if {
	some container in kubernetes.containers
	host_process(container)
	not kubernetes.exempt(container, "privileged")
	message := $"Container {container.name} of {container.workload} is a host process: it runs on the node itself."
	remediation := $"Remove `windowsOptions.hostProcess: true` from the securityContext. {known}"
}

finding contains {"message": message, "document": position, "part": field, "pointer": $"{workload.pointer}/{field}", "remediation": remediation} if {
	some position, workload in kubernetes.workloads
	some field, danger in host_namespaces
	workload.pod[field] == true
	not kubernetes.exempt_pod(position, field)
	message := $"{workload.name} sets {field}: {danger}."
	remediation := $"Remove `{field}: true`. {known}"
}

finding contains {"message": message, "document": position, "part": $"volume/{volume.name}", "pointer": $"{workload.pointer}/volumes/{index}/hostPath", "remediation": remediation} if {
	some position, workload in kubernetes.workloads
	some index, volume in workload.pod.volumes
	path := volume.hostPath.path
	not is_harmless(path)
	not kubernetes.exempt_pod(position, "hostPath")
	message := $"{workload.name} mounts {path} of its node, in the volume {volume.name}: what is on the node can be read or changed from the pod."
	remediation := $"Use a volume that is the pod's own in place of `hostPath`: `emptyDir`, a ConfigMap, or a PersistentVolumeClaim. {known}"
}

# Most pods that ask for their node are parts of the system.
known := "A part of the system that cannot do without is added to `settings.config.kubernetes.system_images`."

host_namespaces := {
	"hostIPC": "its containers can read the memory that programs of the node share",
	"hostNetwork": "its containers see the traffic of the node and reach what listens on it alone",
	"hostPID": "its containers see the processes of the node, with their environment",
}

is_harmless(path) if path in data.settings.config.kubernetes.harmless_host_paths

host_process(container) if container.spec.securityContext.windowsOptions.hostProcess == true

host_process(container) if {
	kubernetes.workloads[container.position].pod.securityContext.windowsOptions.hostProcess == true
	not container.spec.securityContext.windowsOptions.hostProcess == false
}
