package config.dockerfile.remote_add_test

import data.config.dockerfile.remote_add

document(flags, source) := {"type": "dockerfile", "id": "Dockerfile", "operation": "update", "content": {"stages": [{"name": "run", "instructions": [{"keyword": "ADD", "flags": flags, "args": [source, "/x"]}]}]}}

messages(flags, source) := found if {
	found := {finding.message | some finding in remote_add.finding} with input.context.documents as [document(flags, source)]
}

test_applies_to_dockerfiles if remote_add.applies == {0} with input.context.documents as [document([], "a")]

test_an_address_without_a_checksum if {
	messages([{"name": "link", "value": ""}], "https://a/b") == {"Stage run adds https://a/b without a checksum: it takes whatever the server sends."}
	count(messages([], "https://a/b.git#main")) == 1
}

test_what_is_known_beforehand if {
	messages([], "a.tar") == set()
	messages([{"name": "checksum", "value": "sha256:0a"}], "https://a/b") == set()
	messages([], "https://a/b.git#8f4b7f84864484a7bf31766abe9204da3cbe65b3:docs") == set()
}

test_an_address_that_names_a_commit if messages([], "https://a/raw/8f4b7f84864484a7bf31766abe9204da3cbe65b3/b") == set()
