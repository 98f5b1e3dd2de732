package config.openapi.public_writes_test

import data.config.openapi.public_writes

settings := {"methods": ["get", "post", "put"], "changing_methods": ["post", "put"], "public_words": ["login"], "reading_words": ["search"], "named_at_most": 2}

document(content) := {"type": "openapi", "id": "api.yaml", "operation": "update", "content": content}

messages(content) := found if {
	found := {finding.message | some finding in public_writes.finding} with input.context.documents as [document(content)]
		with data.settings.config.openapi as settings
}

test_applies_to_openapi_documents if {
	public_writes.applies == {0} with input.context.documents as [document({})] with data.settings.config.openapi as settings
}

test_a_public_write if messages({"paths": {"/a": {"put": {"security": []}}}}) == {"PUT /a changes something, and is declared open to everybody."}

test_reads_and_what_makes_the_caller_known if {
	messages({"paths": {"/a": {"get": {"security": []}, "put": {"security": [{"token": []}]}}, "/Login": {"put": {"security": [{}]}}}}) == set()
}

test_a_search_only_reads if {
	messages({"paths": {"/a/Search/b": {"post": {"security": []}}}}) == set()
	messages({"paths": {"/a/search": {"put": {"security": []}}}}) == {"PUT /a/search changes something, and is declared open to everybody."}
	messages({"paths": {"/searches": {"post": {"security": []}}}}) == {"POST /searches changes something, and is declared open to everybody."}
}

test_many_are_counted if {
	messages({"security": [], "paths": {"/a": {"post": {}, "put": {}}, "/b": {"put": {}}}}) == {"3 operations change something, and are declared open to everybody; the first is POST /a."}
}
