# METADATA
# title: Roles
# description: >-
#   Somebody may do what one of their roles allows: an action, on a type of resource, in an environment. The roles and
#   what they allow are settings; who holds which is a fact of the request.
# custom:
#   id: access.roles
#   severity: high
#   controls: [SOC2-CC6.1, SOC2-CC6.3, "ISO27001-A.5.15", NIST-800-53-AC-3, NIST-800-53-AC-6]
#   remediation: Ask the owner of the resource for a role that allows this. The roles are in `policies/settings/access/data.json`.
#   effective_on: "2026-01-01T00:00:00.000Z"
#   grants: true
package access.roles

applies := true

finding contains {"message": message, "remediation": remediation} if {
	not allowed
	message := $"{input.subject.id} may not `{input.action.name}` {resource.type} {resource.id} {where}: {why}."
}

resource := input.resource

held := object.get(input.subject.properties, "roles", [])

allowed if {
	some role in held
	role in allowing
}

# Every role that would do.
allowing contains role if {
	some role, permissions in data.settings.access.roles
	some permission in permissions
	lists(permission.actions, input.action.name)
	lists(permission.resources, resource.type)
	lists(permission.environments, object.get(input.context, "environment", ""))
}

lists(values, _) if "*" in values

lists(values, value) if value in values

where := $"in {input.context.environment}" if {
	input.context.environment
} else := "without an environment"

why := "no role is sent with the request" if {
	count(held) == 0
} else := $"none of the roles {concat(", ", sort(held))} allows it"

remediation := "Send `context.environment`: a role counts in the environments that it names." if {
	not input.context.environment
} else := $"These roles allow it: {concat(", ", sort(allowing))}. Ask the owner of {resource.type} {resource.id} for one of them; if it was granted already, send it in `subject.properties.roles`." if {
	count(allowing) > 0
} else := "No role allows it. If one should, its owner adds the action to `policies/settings/access/data.json`."
