package config.openapi.old_flows_test

import data.config.openapi.old_flows

settings := {"old_flows": {"implicit": "it leaks"}}

document(content) := {"type": "openapi", "id": "api.yaml", "operation": "update", "content": content}

messages(content) := found if {
	found := {finding.message | some finding in old_flows.finding} with input.context.documents as [document(content)]
		with data.settings.config.openapi as settings
}

test_applies_to_openapi_documents if {
	old_flows.applies == {0} with input.context.documents as [document({})] with data.settings.config.openapi as settings
}

test_a_flow_that_is_advised_against if {
	messages({"components": {"securitySchemes": {"a": {"type": "oauth2", "flows": {"implicit": {}, "clientCredentials": {}}}}}}) == {"The security scheme a offers the implicit flow of OAuth: it leaks."}
	messages({"components": {"securitySchemes": {"a": {"type": "http", "flows": {"implicit": {}}}}}}) == set()
}
