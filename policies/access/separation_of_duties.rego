# METADATA
# title: Separation of duties
# description: >-
#   Whoever did one duty on a resource may not do another one on it that is there to check the first: who requests a
#   change does not approve it, and who requested or approved it does not release it.
# custom:
#   id: access.separation_of_duties
#   severity: critical
#   controls: [SOC2-CC5.1, "ISO27001-A.5.3", NIST-800-53-AC-5]
#   remediation: |-
#     Let somebody else do it. Who did what before on this resource is sent by the system that keeps it, in
#     `context.duties`, such as `{"request": "alice", "approve": "bob"}`.
#   requires: [/context/duties]
#   effective_on: "2026-01-01T00:00:00.000Z"
package access.separation_of_duties

import data.lib.identity

applies if count(excluding) > 0

finding contains {"message": message, "part": duty, "pointer": $"/context/duties/{duty}", "remediation": remediation} if {
	some duty in excluding
	identity.same(input.context.duties[duty], input.subject.id)
	message := $"{input.subject.id} did `{duty}` on {resource.type} {resource.id}, and so may not `{input.action.name}` it."
	remediation := $"Let somebody else than {input.subject.id} do it: two people see what one overlooks."
}

# An absent name must not help: it could be the very person who asks.
finding contains {"message": message, "part": duty, "pointer": $"/context/duties/{duty}", "remediation": remediation} if {
	some duty in excluding
	not input.context.duties[duty]
	message := $"Who did `{duty}` on {resource.type} {resource.id} is not known, so it may have been {input.subject.id}."
	remediation := $"Send the name in `context.duties.{duty}`, from the system that keeps the {resource.type}."
}

resource := input.resource

# The duties that whoever asks must not have done.
excluding contains duty if {
	some separation in data.settings.access.separated_duties
	input.action.name in separation.actions
	resource.type in separation.resources
	some duty in separation.duties
}
