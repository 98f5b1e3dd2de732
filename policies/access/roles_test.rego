package access.roles_test

import data.access.roles

settings := {
	"reader": [{"actions": ["read"], "resources": ["*"], "environments": ["*"]}],
	"operator": [{"actions": ["*"], "resources": ["service"], "environments": ["staging"]}],
}

request(held, action, context) := {
	"subject": {"type": "user", "id": "ines", "properties": held},
	"action": {"name": action},
	"resource": {"type": "service", "id": "orders"},
	"context": context,
}

findings(asked) := found if {
	found := roles.finding with input as asked with data.settings.access.roles as settings
}

test_applies_to_every_access if roles.applies with input as {}

test_a_role_allows_what_it_lists if {
	findings(request({"roles": ["operator"]}, "restart", {"environment": "staging"})) == set()
	findings(request({"roles": ["reader"]}, "read", {})) == set()
}

test_a_role_is_named_that_would_do if {
	some finding in findings(request({"roles": ["reader"]}, "restart", {"environment": "staging"}))
	finding.message == "ines may not `restart` service orders in staging: none of the roles reader allows it."
	finding.remediation == "These roles allow it: operator. Ask the owner of service orders for one of them; if it was granted already, send it in `subject.properties.roles`."
}

test_no_role_would_do if {
	some finding in findings(request({}, "restart", {"environment": "production"}))
	finding.message == "ines may not `restart` service orders in production: no role is sent with the request."
	finding.remediation == "No role allows it. If one should, its owner adds the action to `policies/settings/access/data.json`."
}

test_the_environment_is_asked_for if {
	some finding in findings(request({"roles": ["operator"]}, "restart", {}))
	finding.message == "ines may not `restart` service orders without an environment: none of the roles operator allows it."
	finding.remediation == "Send `context.environment`: a role counts in the environments that it names."
}
