# METADATA
# title: Breaking the glass
# description: >-
#   An emergency access says why, names the incident, and ends within hours, so that what was done in haste can be
#   looked at afterwards and nothing stays open. Which actions are emergencies, and how long one lasts, are settings.
# custom:
#   id: access.break_glass
#   severity: critical
#   controls: [SOC2-CC6.1, SOC2-CC7.4, "ISO27001-A.5.18", "ISO27001-A.8.2", NIST-800-53-AC-2, NIST-800-53-AC-6]
#   remediation: |-
#     Send why, for which incident, and until when:
#
#       "justification": "Orders are stuck: the queue has to be drained by hand",
#       "ticket": "INC-2207",
#       "expires_at": "2026-03-01T13:30:00Z"
#
#     Afterwards write into the ticket what was done, and have somebody else read it. The bounds are `break_glass` of
#     `policies/settings/access/data.json`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
package access.break_glass

import data.lib.instants
import data.lib.text
import data.lib.tickets

settings := data.settings.access.break_glass

applies if input.action.name in settings.actions

finding contains {"message": message, "pointer": "/context/justification", "remediation": remediation} if {
	count(trim_space(text.or_else(object.get(input.context, "justification", ""), ""))) < settings.characters
	message := $"{who} does not say why."
	remediation := $"Say in `context.justification` what is broken and what is to be done, in {settings.characters} characters or more."
}

finding contains {"message": message, "pointer": "/context/ticket", "remediation": remediation} if {
	not tickets.is_key(object.get(input.context, "ticket", ""), settings.ticket)
	message := $"{who} names no incident."
	remediation := "Open an incident and send its key in `context.ticket`: what was done is written there afterwards."
}

finding contains {"message": message, "pointer": "/context/expires_at", "remediation": remediation} if {
	not input.context.expires_at
	message := $"{who} has no end."
	remediation := $"Send when it ends in `context.expires_at`, {text.counted(settings.hours, "hour")} from now at the latest."
}

finding contains {"message": message, "pointer": "/context/expires_at", "remediation": remediation} if {
	expires := input.context.expires_at
	not is_bounded
	message := $"{who} ends at {expires}, which is not within the next {text.counted(settings.hours, "hour")}."
	remediation := "Ask for less time; if it takes longer, ask again then."
}

who := $"{input.subject.id}'s `{input.action.name}` on {input.resource.type} {input.resource.id}"

is_bounded if {
	minutes := instants.minutes(input.now, input.context.expires_at)
	minutes > 0
	minutes <= settings.hours * 60
}
