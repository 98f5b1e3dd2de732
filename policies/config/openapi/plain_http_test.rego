package config.openapi.plain_http_test

import data.config.openapi.plain_http

settings := {"methods": [], "local_hosts": ["localhost"]}

document(content) := {"type": "openapi", "id": "api.yaml", "operation": "update", "content": content}

messages(content) := found if {
	found := {finding.message | some finding in plain_http.finding} with input.context.documents as [document(content)]
		with data.settings.config.openapi as settings
}

test_applies_to_openapi_documents if {
	plain_http.applies == {0} with input.context.documents as [document({})] with data.settings.config.openapi as settings
}

test_a_server_without_tls if {
	messages({"servers": [{"url": "HTTP://a.example"}]}) == {"What is sent to HTTP://a.example can be read on the way: it is not encrypted."}
	messages({"servers": [{"url": "https://a.example"}, {"url": "/v1"}, {"url": "http://localhost:8080"}, {"url": "http://{host}"}]}) == set()
}

test_so_are_the_addresses_of_oauth if {
	count(messages({"components": {"securitySchemes": {"o": {"flows": {"clientCredentials": {"tokenUrl": "http://a.example/t"}}}}}})) == 1
}
