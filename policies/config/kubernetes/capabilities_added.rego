# METADATA
# title: Containers add no unusual capability
# description: >-
#   Beyond those that the Pod Security Standards leave to everybody, a capability is added only where the settings allow it. Those that amount
#   to the node itself are the matter of `config.kubernetes.privileged`.
# custom:
#   id: config.kubernetes.capabilities_added
#   severity: medium
#   controls: [PSS-BASELINE, CIS-KUBERNETES-5.2.9, NIST-800-53-AC-6]
#   remediation: |-
#     Remove the capability from `securityContext.capabilities.add`. If every workload here may have it, add it to
#     `settings.config.kubernetes.usual_capabilities`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/workloads]
package config.kubernetes.capabilities_added

import data.lib.kubernetes

applies contains position if some position, _ in kubernetes.workloads

finding contains {"message": message, "document": container.position, "part": $"{container.name}/{name}", "pointer": $"{container.pointer}/securityContext/capabilities/add/{index}", "remediation": remediation} if {
	some container in kubernetes.containers
	some index, written in container.spec.securityContext.capabilities.add
	name := kubernetes.capability(written)
	not name in data.settings.config.kubernetes.usual_capabilities
	not name in data.settings.config.kubernetes.dangerous_capabilities
	not kubernetes.exempt(container, "capabilities")
	message := $"Container {container.name} of {container.workload} adds the capability {name}, which is none of the usual ones."
	remediation := $"Remove {written} from `securityContext.capabilities.add`."
}
