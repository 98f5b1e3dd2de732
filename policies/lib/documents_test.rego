package lib.documents_test

import data.lib.documents

test_what_is_written_is_kept_by_position if {
	found := documents.written with input.context.documents as [
		{"operation": "delete", "content": {}},
		{"operation": "create", "content": {"a": 1}},
		{"operation": "none", "content": {}},
		{"operation": "update", "content": {"b": 2}},
		{"operation": "update", "content": null},
		{"operation": "update", "content": "text"},
	]
	object.keys(found) == {1, 3}
	found[3].content == {"b": 2}
}
