# METADATA
# title: Only safe settings of the kernel are changed
# description: >-
#   A pod sets only sysctls that concern itself. Others reach over to the pods beside it, and a node refuses the pod
#   unless somebody opened them there.
# custom:
#   id: config.kubernetes.sysctls
#   severity: medium
#   controls: [PSS-BASELINE, NIST-800-53-CM-7]
#   remediation: |-
#     Remove the entry from `securityContext.sysctls`. One that your nodes do open goes to
#     `settings.config.kubernetes.safe_sysctls`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/workloads]
package config.kubernetes.sysctls

import data.lib.kubernetes

applies contains position if some position, _ in kubernetes.workloads

finding contains {"message": message, "document": position, "part": $"sysctl/{sysctl.name}", "pointer": pointer, "remediation": remediation} if {
	some position, workload in kubernetes.workloads
	some index, sysctl in workload.pod.securityContext.sysctls
	not is_safe(sysctl.name)
	not kubernetes.exempt_pod(position, "sysctls")
	message := $"{workload.name} sets the sysctl {sysctl.name}, which is not among the safe ones: most nodes refuse it, and it may reach other pods."
	pointer := $"{workload.pointer}/securityContext/sysctls/{index}"
	remediation := $"Remove {sysctl.name} from `securityContext.sysctls`."
}

is_safe(name) if name in data.settings.config.kubernetes.safe_sysctls
