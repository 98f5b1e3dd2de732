# METADATA
# title: People from outside come with a sponsor, and until a date
# description: >-
#   A person of a vendor reaches what is inside only while the contract lasts, and somebody of the organisation answers for
#   it. Accounts of vendors that nobody remembers are what others get in by.
# custom:
#   id: access.vendors
#   severity: high
#   controls: [SOC2-CC6.2, SOC2-CC9.2, "ISO27001-A.5.19", NIST-800-53-AC-2]
#   remediation: |-
#     Name somebody of the organisation who answers for the access, and until when it is agreed:
#
#       "subject": {
#         "properties": { "external": true, "sponsor": "grace", "contract_ends_at": "2027-03-31T00:00:00Z" }
#       }
#
#     Where it is asked for is `vendor_environments` of `policies/settings/access/data.json`.
#   waivable_by: [platform-security]
#   applies_requires: [/context/environment, /subject/type]
#   requires: [/subject/properties/external]
#   effective_on: "2026-01-01T00:00:00.000Z"
package access.vendors

import data.lib.identity
import data.lib.instants
import data.lib.text

applies if {
	input.subject.type == "user"
	input.context.environment in data.settings.access.vendor_environments
}

finding contains {"message": message, "pointer": "/subject/properties/sponsor"} if {
	input.subject.properties.external != false
	not is_sponsored
	message := $"{input.subject.id} is of a vendor, and nobody else is named who answers for the access."
}

finding contains {"message": message, "pointer": "/subject/properties/contract_ends_at"} if {
	input.subject.properties.external != false
	not is_agreed
	message := $"{input.subject.id} is of a vendor, and is not shown to have a contract now: it ends at {text.or_else(ends_at, "no time that is named")}."
}

ends_at := object.get(input.subject, ["properties", "contract_ends_at"], "")

is_sponsored if {
	sponsor := input.subject.properties.sponsor
	text.or_else(sponsor, "") != ""
	not identity.same(sponsor, input.subject.id)
}

is_agreed if instants.seconds(input.now) < instants.seconds(ends_at)
