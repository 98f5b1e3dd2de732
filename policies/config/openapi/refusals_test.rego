package config.openapi.refusals_test

import data.config.openapi.refusals

settings := {"methods": ["get", "put"], "refusals": ["401", "default"]}

document(content) := {"type": "openapi", "id": "api.yaml", "operation": "update", "content": content}

messages(content) := found if {
	found := {finding.message | some finding in refusals.finding} with input.context.documents as [document(content)]
		with data.settings.config.openapi as settings
}

test_applies_to_openapi_documents if {
	refusals.applies == {0} with input.context.documents as [document({})] with data.settings.config.openapi as settings
}

test_protected_operations_that_never_refuse if {
	messages({"security": [{"a": []}], "paths": {"/x": {"get": {"responses": {"200": {}}}, "put": {"responses": {"401": {}}}}}}) == {"1 of 2 protected operations declares no refusal, such as 401 or 403; the first is GET /x."}
	messages({"security": [{"a": []}], "paths": {"/x": {"get": {}, "put": {}}}}) == {"2 of 2 protected operations declare no refusal, such as 401 or 403; the first is GET /x."}
	messages({"security": [{"a": []}], "paths": {"/x": {"get": {}}}}) == {"1 of 1 protected operation declares no refusal, such as 401 or 403; the first is GET /x."}
	messages({"security": [{"a": []}], "paths": {"/x": {"get": {"responses": {"default": {}}}}}}) == set()
}

test_what_is_open_need_not_refuse if {
	messages({"paths": {"/x": {"get": {}, "put": {"security": []}}}}) == set()
	messages({"security": [{"a": []}, {}], "paths": {"/x": {"get": {}}}}) == set()
}
