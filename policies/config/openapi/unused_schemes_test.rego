package config.openapi.unused_schemes_test

import data.config.openapi.unused_schemes

settings := {"methods": ["get"]}

document(content) := {"type": "openapi", "id": "api.yaml", "operation": "update", "content": content}

messages(content) := found if {
	found := {finding.message | some finding in unused_schemes.finding} with input.context.documents as [document(content)]
		with data.settings.config.openapi as settings
}

test_applies_to_openapi_documents if {
	unused_schemes.applies == {0} with input.context.documents as [document({})] with data.settings.config.openapi as settings
}

schemes := {"securitySchemes": {"a": {}, "b": {}}}

unused(name) := {$"The security scheme {name} is defined, and nothing asks for it: it protects nothing."}

test_what_the_document_or_an_operation_asks_for_is_used if {
	messages({"security": [{"a": []}], "components": schemes}) == unused("b")
	messages({"security": [{"a": []}], "paths": {"/x": {"get": {"security": [{"b": []}]}}}, "components": schemes}) == set()
	messages({"components": schemes}) == set()
}

test_webhooks_callbacks_and_references_count if {
	messages({"security": [{"a": []}], "webhooks": {"x": {"post": {"security": [{"b": []}]}}}, "components": schemes}) == set()
	messages({"security": [{"a": []}], "paths": {"/x": {"get": {"callbacks": {"y": {"z": {"post": {"security": [{"b": []}]}}}}}}}, "components": schemes}) == set()
	messages({"security": [{"a": []}, {"./schemes.yaml#/b": []}], "components": schemes}) == set()
}
