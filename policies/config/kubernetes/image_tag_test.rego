package config.kubernetes.image_tag_test

import data.config.kubernetes.image_tag

pod(spec) := {"type": "kubernetes/Pod", "id": "shop/web", "operation": "update", "content": {
	"kind": "Pod",
	"metadata": {"name": "web", "namespace": "shop"},
	"spec": spec,
}}

parts(spec) := found if {
	found := {finding.part | some finding in image_tag.finding} with input.context.documents as [pod(spec)]
}

container(fields) := {"containers": [object.union({"name": "web", "image": "web:1"}, fields)]}

test_a_version_is_named if {
	image_tag.applies == {0} with input.context.documents as [pod({})]
	parts(container({})) == set()
	parts(container({"image": "web"})) == {"web"}
	parts(container({"image": "web:latest"})) == {"web"}
	parts(container({"image": "web@sha256:ab"})) == set()
	parts(container({"image": "$(IMAGE)"})) == set()
}
