package lib.openapi_test

import data.lib.openapi

documents := [
	{"type": "dockerfile", "operation": "update", "content": {"paths": {"/no": {"get": {}}}}},
	{"type": "openapi", "operation": "update", "content": {
		"security": [{"key": []}],
		"paths": {"/a/{id}": {
			"summary": "both",
			"parameters": [{"$ref": "#/components/parameters/a~1b"}],
			"get": {"parameters": [{"name": "own"}, {"$ref": "other.yaml#/x"}, {"$ref": "#/components/parameters/none"}]},
			"post": {"security": []},
			"put": {"security": [{"key": []}, {}]},
		}},
		"components": {
			"parameters": {"a/b": {"name": "id"}},
			"securitySchemes": {"key": {"type": "apiKey"}},
		},
	}},
]

methods := {"methods": ["get", "put", "post"]}

test_operations_are_found_by_their_method if {
	found := [[operation.position, operation.title, operation.pointer] | some operation in openapi.operations] with input.context.documents as documents
		with data.settings.config.openapi as methods
	found == [
		[1, "GET /a/{id}", "/paths/~1a~1{id}/get"],
		[1, "PUT /a/{id}", "/paths/~1a~1{id}/put"],
		[1, "POST /a/{id}", "/paths/~1a~1{id}/post"],
	]
}

test_an_operation_has_its_own_word_on_security if {
	found := [openapi.security(operation) | some operation in openapi.operations] with input.context.documents as documents
		with data.settings.config.openapi as methods
	found == [[{"key": []}], [{"key": []}, {}], []]
	public := [operation.method | some operation in openapi.operations; openapi.is_public(operation)] with input.context.documents as documents
		with data.settings.config.openapi as methods
	public == ["put", "post"]
}

test_parameters_come_from_both_places if {
	found := [openapi.parameters(operation) | some operation in openapi.operations] with input.context.documents as documents
		with data.settings.config.openapi as methods
	found[0] == [
		{"pointer": "/paths/~1a~1{id}/get/parameters/0", "spec": {"name": "own"}},
		{"pointer": "/paths/~1a~1{id}/get/parameters/1", "spec": {}},
		{"pointer": "/paths/~1a~1{id}/get/parameters/2", "spec": {}},
		{"pointer": "/paths/~1a~1{id}/parameters/0", "spec": {"name": "id"}},
	]
}

test_schemes_are_known_by_name if {
	found := openapi.schemes with input.context.documents as documents
	found == {1: {"key": {"type": "apiKey"}}}
}

test_an_operation_of_another_file_is_not_known_here if {
	split_up := [{"type": "openapi", "operation": "update", "content": {"paths": {"/a": {"get": {"$ref": "a.yaml"}}}}}]
	found := openapi.operations with input.context.documents as split_up with data.settings.config.openapi as methods
	found == []
}

test_uses_are_of_the_document_and_of_operations if {
	found := [[use.title, use.pointer] | some use in openapi.uses] with input.context.documents as documents
		with data.settings.config.openapi as methods
	found == [
		["The document", "/security/0"],
		["PUT /a/{id}", "/paths/~1a~1{id}/put/security/0"],
		["PUT /a/{id}", "/paths/~1a~1{id}/put/security/1"],
	]
}
