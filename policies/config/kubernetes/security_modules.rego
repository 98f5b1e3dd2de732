# METADATA
# title: AppArmor and SELinux stay on
# description: >-
#   A container keeps the AppArmor profile of its runtime and a SELinux type made for containers. `Unconfined`, or a type
#   of the host, takes away the wall that still stands when a program breaks out.
# custom:
#   id: config.kubernetes.security_modules
#   severity: high
#   controls: [PSS-BASELINE, CIS-KUBERNETES-5.6.3, NIST-800-53-SC-39]
#   remediation: |-
#     Remove `appArmorProfile: { type: Unconfined }` (or the annotation that says the same), and `type`, `user` and `role` from
#     `seLinuxOptions`; its `level` may stay.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/workloads]
package config.kubernetes.security_modules

import data.lib.kubernetes
import data.lib.text

applies contains position if some position, _ in kubernetes.workloads

finding contains {"message": message, "document": container.position, "part": container.name, "pointer": container.pointer, "remediation": remediation} if {
	some container in kubernetes.confined
	is_unconfined(container)
	not is_exempt(container)
	message := $"Container {container.name} of {container.workload} runs without AppArmor: its profile is Unconfined."
	remediation := "Remove the profile, so that the one of the runtime holds, or write `type: RuntimeDefault`."
}

finding contains {"message": message, "document": container.position, "part": container.name, "pointer": container.pointer, "remediation": remediation} if {
	some container in kubernetes.confined
	options := kubernetes.security(container, "seLinuxOptions")
	some field in ["role", "type", "user"]
	value := text.or_else(options[field], "")
	is_foreign(field, value)
	not is_exempt(container)
	message := $"Container {container.name} of {container.workload} has the SELinux {field} {value}, which is none of a container."
	remediation := $"Remove `{field}: {value}` from `seLinuxOptions`."
}

is_exempt(container) if {
	some right in ["privileged", "unconfined"]
	kubernetes.exempt(container, right)
}

is_unconfined(container) if kubernetes.security(container, "appArmorProfile").type == "Unconfined"

is_unconfined(container) if {
	not container.spec.securityContext.appArmorProfile
	annotations := kubernetes.workloads[container.position].metadata.annotations
	annotations[$"container.apparmor.security.beta.kubernetes.io/{container.name}"] == "unconfined"
}

is_foreign("type", value) if {
	value != ""
	not value in data.settings.config.kubernetes.selinux_types
}

is_foreign(field, value) if {
	field in ["role", "user"]
	value != ""
}
