package config.openapi.unique_operations_test

import data.config.openapi.unique_operations

settings := {"methods": ["get"]}

document(content) := {"type": "openapi", "id": "api.yaml", "operation": "update", "content": content}

messages(content) := found if {
	found := {finding.message | some finding in unique_operations.finding} with input.context.documents as [document(content)]
		with data.settings.config.openapi as settings
}

test_applies_to_openapi_documents if {
	unique_operations.applies == {0} with input.context.documents as [document({})] with data.settings.config.openapi as settings
}

test_a_name_for_two if {
	messages({"paths": {"/a": {"get": {"operationId": "x"}}, "/b": {"get": {"operationId": "x"}}}}) == {"GET /b is called x, as GET /a is: whoever goes by that name takes one for the other."}
	messages({"paths": {"/a": {"get": {"operationId": "x"}}, "/b": {"get": {}}, "/c": {"get": {"operationId": "X"}}}}) == set()
}
