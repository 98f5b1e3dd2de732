# METADATA
# title: Containers gain no rights as they run
# description: >-
#   `allowPrivilegeEscalation: false` keeps a program from getting more rights than the one that started it, as it would
#   through a setuid file. Kubernetes allows it where nothing is said.
# custom:
#   id: config.kubernetes.allow_privilege_escalation
#   severity: medium
#   controls: [PSS-RESTRICTED, CIS-KUBERNETES-5.2.6, NIST-800-53-AC-6]
#   remediation: |-
#     Write for each container:
#
#       securityContext:
#         allowPrivilegeEscalation: false
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/workloads]
package config.kubernetes.allow_privilege_escalation

import data.lib.kubernetes

applies contains position if some position, _ in kubernetes.workloads

finding contains {"message": message, "document": container.position, "part": container.name, "pointer": container.pointer} if {
	some container in kubernetes.confined
	not is_kept(container)
	not needs_it(container)
	not kubernetes.exempt(container, "privileged")
	message := $"Container {container.name} of {container.workload} may gain rights as it runs: `allowPrivilegeEscalation` is not false for it."
}

is_kept(container) if container.spec.securityContext.allowPrivilegeEscalation == false

# Kubernetes refuses the two together; that capability is the matter of another rule.
needs_it(container) if {
	some name in container.spec.securityContext.capabilities.add
	kubernetes.capability(name) in ["ALL", "SYS_ADMIN"]
}
