package config.kubernetes.image_registry_test

import data.config.kubernetes.image_registry

pod(spec) := {"type": "kubernetes/Pod", "id": "shop/web", "operation": "update", "content": {
	"kind": "Pod",
	"metadata": {"name": "web", "namespace": "shop"},
	"spec": spec,
}}

container(fields) := {"containers": [object.union({"name": "web", "image": "web:1"}, fields)]}

known(image) := found if {
	found := count(image_registry.finding) == 0 with input.context.documents as [pod(container({"image": image}))]
		with data.settings.config.kubernetes.image_registries as ["registry.example/", "docker.io/library"]
}

test_only_known_registries_pass if {
	known("registry.example/shop/web:1")
	known("redis:7")
	known("${IMAGE}")
	not known("shop/web:1")
	not known("registry.example.net/web:1")
}

test_nothing_is_asked_where_none_is_named if {
	image_registry.applies == set() with input.context.documents as [pod({})]
	image_registry.applies == {0} with input.context.documents as [pod({})] with data.settings.config.kubernetes.image_registries as ["a"]
}
