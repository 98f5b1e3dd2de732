package config.openapi.authentication_test

import data.config.openapi.authentication

settings := {"methods": ["get", "put"], "named_at_most": 1}

document(content) := {"type": "openapi", "id": "api.yaml", "operation": "update", "content": content}

messages(content) := found if {
	found := {finding.message | some finding in authentication.finding} with input.context.documents as [document(content)]
		with data.settings.config.openapi as settings
}

test_applies_to_openapi_documents if {
	authentication.applies == {0} with input.context.documents as [document({})] with data.settings.config.openapi as settings
}

test_one_word_for_all if {
	messages({"security": [{"token": []}], "paths": {"/a": {"get": {}}}}) == set()
	messages({"paths": {"/a": {"get": {"security": []}}}}) == set()
	messages({"paths": {}}) == set()
}

test_silence_is_told_once_or_where_it_is if {
	messages({"paths": {"/a": {"get": {}, "put": {}}}}) == {"Nothing in this document says who may call its 2 operations: by the standard everybody may."}
	messages({"paths": {"/a": {"get": {}, "put": {"security": []}}}}) == {"GET /a does not say who may call it, as others here do: by the standard everybody may."}
	some_silent := {"paths": {"/a": {"get": {}, "put": {"security": []}}, "/b": {"get": {}}}}
	messages(some_silent) == {"2 of 3 operations do not say who may call them, such as GET /a: by the standard everybody may."}
}
