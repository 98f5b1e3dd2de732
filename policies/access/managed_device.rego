# METADATA
# title: Devices that are looked after
# description: >-
#   Whoever changes something in an environment that matters does it from a device that the organisation manages: one
#   that is updated, encrypted and can be wiped. Which environments ask for it is a setting.
# custom:
#   id: access.managed_device
#   severity: medium
#   controls: [SOC2-CC6.7, "ISO27001-A.8.1", NIST-800-53-AC-19, NIST-800-53-IA-3]
#   remediation: |-
#     Use a device of the organisation, and send what its management says of it:
#
#       "device": { "managed": true }
#
#     The environments are `managed_devices` of `policies/settings/access/data.json`.
#   waivable_by: [platform-security]
#   applies_requires: [/context/environment]
#   requires: [/context/device/managed]
#   effective_on: "2026-01-01T00:00:00.000Z"
package access.managed_device

import data.lib.actions

applies if {
	actions.changed_by_person
	input.context.environment in data.settings.access.managed_devices
}

finding contains {"message": message, "pointer": "/context/device/managed"} if {
	input.context.device.managed != true
	message := $"{input.subject.id} asks from a device that nobody manages; `{input.action.name}` in {input.context.environment} takes one of the organisation's."
}
