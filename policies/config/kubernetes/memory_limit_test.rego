package config.kubernetes.memory_limit_test

import data.config.kubernetes.memory_limit

pod(spec) := {"type": "kubernetes/Pod", "id": "shop/web", "operation": "update", "content": {
	"kind": "Pod",
	"metadata": {"name": "web", "namespace": "shop"},
	"spec": spec,
}}

parts(spec) := found if {
	found := {finding.part | some finding in memory_limit.finding} with input.context.documents as [pod(spec)]
}

container(fields) := {"containers": [object.union({"name": "web", "image": "web:1"}, fields)]}

test_memory_is_bounded_by_a_limit if {
	memory_limit.applies == {0} with input.context.documents as [pod({})]
	parts(container({"resources": {"limits": {"memory": "1Gi"}}})) == set()
	parts(container({"resources": {"requests": {"memory": "1Gi"}}})) == {"web"}
}
