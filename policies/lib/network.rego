# METADATA
# title: Kubernetes services and ingresses
# description: What opens a cluster, with its annotations. Gathered once for all rules.
package lib.network

import data.lib.documents

services[position] := found if {
	some position, document in documents.written
	document.type == "kubernetes/Service"
	found := described(document)
}

ingresses[position] := found if {
	some position, document in documents.written
	document.type in ["kubernetes/Ingress.networking.k8s.io", "kubernetes/Ingress.extensions"]
	found := described(document)
}

described(document) := {
	"id": document.id,
	"name": $"{document.content.kind} {trim_prefix(document.id, "_/")}",
	"annotations": mapping(object.get(document.content, ["metadata", "annotations"], {})),
	"spec": mapping(object.get(document.content, "spec", {})),
}

list(holder, key) := value if {
	value := holder[key]
	is_array(value)
} else := []

mapping(value) := value if {
	is_object(value)
} else := {}
