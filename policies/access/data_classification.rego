# METADATA
# title: Classified data for those who are cleared
# description: >-
#   Data is classified by what its loss would do, and who reaches it holds a role that is cleared for its class. The classes
#   and the roles cleared for each are settings; `*` is everybody who signed in. Nobody is cleared for a class that is not
#   in them.
# custom:
#   id: access.data_classification
#   severity: high
#   controls: [SOC2-CC6.1, "ISO27001-A.5.12", "ISO27001-A.5.15", NIST-800-53-AC-3, NIST-800-53-AC-16]
#   remediation: |-
#     Ask somebody whose role is cleared, or have the role granted. The classification is that of the catalog:
#
#       "resource": { "properties": { "classification": "confidential" } }
#
#     Classes and roles are `clearances` of `policies/settings/access/data.json`.
#   waivable_by: [platform-security]
#   applies_requires: [/resource/type]
#   requires: [/resource/properties/classification]
#   effective_on: "2026-01-01T00:00:00.000Z"
package access.data_classification

settings := data.settings.access.clearances

applies if input.resource.type in settings.resources

finding contains {"message": message, "pointer": "/subject/properties/roles", "remediation": remediation} if {
	not is_cleared
	message := $"{input.subject.id} holds no role that is cleared for {class} data, which {input.resource.id} is."
	remediation := $"These roles are cleared: {named}."
}

class := input.resource.properties.classification

cleared := object.get(settings.roles, class, [])

is_cleared if "*" in cleared

is_cleared if {
	some role in input.subject.properties.roles
	role in cleared
}

named := concat(", ", sort(cleared)) if {
	count(cleared) > 0
} else := "none, since the settings do not know this class"
