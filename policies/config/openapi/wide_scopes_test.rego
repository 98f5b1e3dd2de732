package config.openapi.wide_scopes_test

import data.config.openapi.wide_scopes

settings := {"methods": ["get"], "wide_scopes": ["*"]}

document(content) := {"type": "openapi", "id": "api.yaml", "operation": "update", "content": content}

messages(content) := found if {
	found := {finding.message | some finding in wide_scopes.finding} with input.context.documents as [document(content)]
		with data.settings.config.openapi as settings
}

test_applies_to_openapi_documents if {
	wide_scopes.applies == {0} with input.context.documents as [document({})] with data.settings.config.openapi as settings
}

scheme(value) := {"components": {"securitySchemes": {"login": value}}}

test_a_scope_that_is_defined if {
	messages(scheme({"type": "oauth2", "flows": {"implicit": {"scopes": {"*": "", "read": ""}}}})) == {"The scope * of the security scheme login stands for everything: one token of it may do whatever the API can."}
}

test_a_scope_that_is_asked_for if {
	asks := {"paths": {"/a": {"get": {"security": [{"login": ["*", "read"]}]}}}}
	messages(object.union(asks, scheme({"type": "openIdConnect"}))) == {"GET /a asks for the scope *, which stands for everything: a token of it may do whatever the API can."}
	messages(object.union(asks, scheme({"type": "oauth2"}))) == set()
}
