# METADATA
# title: OpenAPI documents
# description: The operations of OpenAPI documents, what protects each, and what a reference in one leads to.
package lib.openapi

import data.lib.documents
import data.lib.text

# By position.
documents_written[position] := document.content if {
	some position, document in documents.written
	document.type == "openapi"
}

operations := [operation | some list in operations_of; some operation in list]

# By position.
operations_of[position] := list if {
	some position, content in documents_written
	list := operations_in(position, content)
}

# One that stands in another file is not known here.
operations_in(position, content) := [operation |
	some path, item in content.paths
	some method in data.settings.config.openapi.methods
	spec := item[method]
	not is_string(object.get(spec, "$ref", null))
	operation := {
		"position": position,
		"path": path,
		"method": method,
		"title": $"{upper(method)} {path}",
		"pointer": $"/paths/{text.step(path)}/{method}",
		"item": item,
		"spec": spec,
	}
]

# What protects an operation: its own word, or the document's. Null where nobody says.
security(operation) := operation.spec.security if {
	is_array(operation.spec.security)
} else := object.get(documents_written[operation.position], "security", null)

# True where it is said that everybody may call.
is_public(operation) if security(operation) == []

is_public(operation) if {
	some requirement in security(operation)
	requirement == {}
}

# What a reference within the document leads to, or the value itself. A reference to elsewhere leads to nothing.
resolved(position, value) := value if {
	not is_string(object.get(value, "$ref", null))
} else := object.get(documents_written[position], steps, {}) if {
	startswith(value["$ref"], "#/")
	steps := [replace(replace(step, "~1", "/"), "~0", "~") | some step in split(trim_prefix(value["$ref"], "#/"), "/")]
} else := {}

schemes[position] := found if {
	some position, content in documents_written
	found := {name: resolved(position, value) |
		some name, value in object.get(content, ["components", "securitySchemes"], {})
	}
}

# The parameters of an operation, its own and those of its path, with where they stand.
parameters(operation) := array.concat(
	[{"pointer": $"{operation.pointer}/parameters/{index}", "spec": resolved(operation.position, value)} | some index, value in operation.spec.parameters],
	[{"pointer": $"/paths/{text.step(operation.path)}/parameters/{index}", "spec": resolved(operation.position, value)} | some index, value in operation.item.parameters],
)

# What is asked of callers, by the document for all or by one operation for itself: a requirement names schemes.
uses := array.concat(
	[use |
		some position, content in documents_written
		some index, requirement in content.security
		use := {"position": position, "title": "The document", "requirement": requirement, "pointer": $"/security/{index}"}
	],
	[use |
		some operation in operations
		some index, requirement in operation.spec.security
		use := {
			"position": operation.position,
			"title": operation.title,
			"requirement": requirement,
			"pointer": $"{operation.pointer}/security/{index}",
		}
	],
)
