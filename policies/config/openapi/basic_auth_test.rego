package config.openapi.basic_auth_test

import data.config.openapi.basic_auth

settings := {}

document(content) := {"type": "openapi", "id": "api.yaml", "operation": "update", "content": content}

messages(content) := found if {
	found := {finding.message | some finding in basic_auth.finding} with input.context.documents as [document(content)]
		with data.settings.config.openapi as settings
}

test_applies_to_openapi_documents if {
	basic_auth.applies == {0} with input.context.documents as [document({})] with data.settings.config.openapi as settings
}

test_basic_and_digest if {
	messages({"components": {"securitySchemes": {"a": {"type": "http", "scheme": "Basic"}}}}) == {"The security scheme a is HTTP basic: the password goes along with every call."}
	messages({"components": {"securitySchemes": {"a": {"type": "http", "scheme": "bearer"}}}}) == set()
}
