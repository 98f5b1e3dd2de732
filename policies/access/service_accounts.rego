# METADATA
# title: Machines do what machines do
# description: >-
#   A service account opens no shell, approves nothing and breaks no glass: those are acts of a person, who can be
#   asked afterwards. A machine that does them is somebody who borrowed its secret. Which actions they are is a setting.
# custom:
#   id: access.service_accounts
#   severity: high
#   controls: [SOC2-CC6.1, "ISO27001-A.5.16", "ISO27001-A.8.2", NIST-800-53-AC-2, NIST-800-53-IA-2]
#   remediation: |-
#     Do it under your own name. If a machine has to, give it an action of its own that does only that, such as
#     `run_report` instead of `shell`. The actions are `only_people` of `policies/settings/access/data.json`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
package access.service_accounts

applies if input.subject.type == "service"

finding contains {"message": message, "pointer": "/subject/type"} if {
	input.action.name in data.settings.access.only_people
	message := $"{input.subject.id} is a service account, and `{input.action.name}` on {input.resource.type} {input.resource.id} is for people only."
}
