# METADATA
# title: Accounts that sleep
# description: >-
#   An account that was not used for a long time is one that nobody would miss, and so one whose theft nobody notices. It
#   is looked at before it does anything again. How long is a setting.
# custom:
#   id: access.dormant_accounts
#   severity: medium
#   controls: [SOC2-CC6.2, "ISO27001-A.5.18", NIST-800-53-AC-2]
#   remediation: |-
#     Ask who manages accounts to look whether this one is still needed, and to wake it. Send when it was used last, as
#     the identity provider says it:
#
#       "subject": { "properties": { "last_active_at": "2026-03-01T09:30:00Z" } }
#
#     The bound is `dormant_days` of `policies/settings/access/data.json`.
#   waivable_by: [platform-security]
#   requires: [/subject/properties/last_active_at]
#   effective_on: "2026-01-01T00:00:00.000Z"
package access.dormant_accounts

import data.lib.instants

applies if input.subject.type == "user"

finding contains {"message": message, "pointer": "/subject/properties/last_active_at"} if {
	not is_awake
	message := $"The account of {input.subject.id} is not shown to be used in the last {data.settings.access.dormant_days} days: the last time was {last}."
}

last := input.subject.properties.last_active_at

is_awake if instants.is_recent(last, input.now, data.settings.access.dormant_days * 1440)
