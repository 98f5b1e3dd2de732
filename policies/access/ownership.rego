# METADATA
# title: Owners act on what is theirs
# description: >-
#   People change the services and data of their own team; others ask the owner. Roles that look after everybody's, such
#   as who is on call, are exempt by a setting, and so is reading.
# custom:
#   id: access.ownership
#   severity: medium
#   controls: [SOC2-CC6.3, "ISO27001-A.5.9", NIST-800-53-AC-3, NIST-800-53-AC-6]
#   remediation: |-
#     Ask the team that owns it. Send both teams, as the systems that know them say:
#
#       "subject": { "properties": { "team": "purchase" } },
#       "resource": { "properties": { "owner": "purchase" } }
#
#     What is owned, and who is exempt, is `ownership` of `policies/settings/access/data.json`.
#   waivable_by: [platform-security]
#   requires: [/subject/properties/team, /resource/properties/owner]
#   effective_on: "2026-01-01T00:00:00.000Z"
package access.ownership

import data.lib.actions
import data.lib.identity

settings := data.settings.access.ownership

applies if {
	actions.changed_by_person
	input.resource.type in settings.resources
	not is_exempt
}

finding contains {"message": message, "pointer": "/subject/properties/team", "remediation": remediation} if {
	not is_owner
	message := $"{input.subject.id} is of team {team}, and {input.resource.type} {input.resource.id} belongs to team {owner}."
	remediation := $"Ask somebody of team {owner} to `{input.action.name}` it."
}

team := input.subject.properties.team

owner := input.resource.properties.owner

is_owner if identity.same(team, owner)

is_exempt if {
	some role in input.subject.properties.roles
	role in settings.exempt_roles
}
