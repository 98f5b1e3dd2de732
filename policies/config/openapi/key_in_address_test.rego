package config.openapi.key_in_address_test

import data.config.openapi.key_in_address

settings := {"methods": ["get"], "secret_parameters": ["password"], "named_at_most": 1}

document(content) := {"type": "openapi", "id": "api.yaml", "operation": "update", "content": content}

messages(content) := found if {
	found := {finding.message | some finding in key_in_address.finding} with input.context.documents as [document(content)]
		with data.settings.config.openapi as settings
}

test_applies_to_openapi_documents if {
	key_in_address.applies == {0} with input.context.documents as [document({})] with data.settings.config.openapi as settings
}

test_a_key_in_the_query if {
	scheme := {"type": "apiKey", "in": "query", "name": "k"}
	messages({"components": {"securitySchemes": {"key": scheme}}}) == {"The security scheme key takes its key from the address, which logs and histories keep."}
	messages({"components": {"securitySchemes": {"key": object.union(scheme, {"in": "header"})}}}) == set()
}

test_a_secret_in_the_query if {
	messages({"paths": {"/a": {"get": {"parameters": [{"name": "Password", "in": "query"}]}}}}) == {"GET /a takes Password from the address, which logs and histories keep."}
	messages({"paths": {"/a": {"get": {"parameters": [{"name": "password", "in": "header"}, {"name": "page", "in": "query"}]}}}}) == set()
}

test_many_are_counted if {
	secret := {"parameters": [{"name": "password", "in": "query"}]}
	messages({"paths": {"/a": {"get": secret}, "/b": {"get": secret}}}) == {"2 operations take a secret from the address, which logs and histories keep; the first is password of GET /a."}
}
