package config.openapi.unbounded_lists_test

import data.config.openapi.unbounded_lists

settings := {"methods": ["get", "put"]}

document(content) := {"type": "openapi", "id": "api.yaml", "operation": "update", "content": content}

messages(content) := found if {
	found := {finding.message | some finding in unbounded_lists.finding} with input.context.documents as [document(content)]
		with data.settings.config.openapi as settings
}

test_applies_to_openapi_documents if {
	unbounded_lists.applies == {0} with input.context.documents as [document({})] with data.settings.config.openapi as settings
}

of(operation) := messages({"paths": {"/x": {"put": operation}}, "components": {"schemas": {"ids": {"type": "array"}}}})

told(amount, name) := {$"{amount} that callers send may be of any length; the first is {name} of PUT /x."}

test_parameters if {
	of({"parameters": [{"name": "ids", "schema": {"$ref": "#/components/schemas/ids"}}]}) == told("1 list", "ids")
	of({"parameters": [{"name": "ids", "schema": {"type": "array", "maxItems": 9}}, {"name": "id", "schema": {"type": "string"}}]}) == set()
}

test_bodies_and_their_properties if {
	of({"requestBody": {"content": {"a/b": {"schema": {"type": "array"}}}}}) == told("1 list", "the body")
	properties := {"a": {"type": "array"}, "b": {"$ref": "#/components/schemas/ids"}, "c": {"type": "array", "maxItems": 1}, "d": {}}
	of({"requestBody": {"content": {"a/b": {"schema": {"properties": properties}}}}}) == told("2 lists", "the property a")
	of({"responses": {"200": {"content": {"a/b": {"schema": {"type": "array"}}}}}}) == set()
}
