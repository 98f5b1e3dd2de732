package config.openapi.known_schemes_test

import data.config.openapi.known_schemes

settings := {"methods": ["get"], "named_at_most": 1}

document(content) := {"type": "openapi", "id": "api.yaml", "operation": "update", "content": content}

messages(content) := found if {
	found := {finding.message | some finding in known_schemes.finding} with input.context.documents as [document(content)]
		with data.settings.config.openapi as settings
}

test_applies_to_openapi_documents if {
	known_schemes.applies == {0} with input.context.documents as [document({})] with data.settings.config.openapi as settings
}

test_a_name_that_is_not_defined if {
	messages({"security": [{"a": []}]}) == {"The document asks for the security scheme a, which this document does not define: nothing checks it."}
	messages({"paths": {"/a": {"get": {"security": [{"b": []}]}}}, "components": {"securitySchemes": {"a": {}}}}) == {"GET /a asks for the security scheme b, which this document does not define: nothing checks it."}
}

test_names_that_are if {
	messages({"security": [{}, {"a": []}, {"./other.yaml": []}], "components": {"securitySchemes": {"a": {}}}}) == set()
}

test_many_are_counted if {
	asks := {"security": [{"b": []}]}
	messages({"paths": {"/a": {"get": asks}, "/b": {"get": asks}}}) == {"The document asks 2 times for the security scheme b, which it does not define: nothing checks it. The first is GET /a."}
}
