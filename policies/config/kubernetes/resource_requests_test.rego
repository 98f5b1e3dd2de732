package config.kubernetes.resource_requests_test

import data.config.kubernetes.resource_requests

pod(spec) := {"type": "kubernetes/Pod", "id": "shop/web", "operation": "update", "content": {
	"kind": "Pod",
	"metadata": {"name": "web", "namespace": "shop"},
	"spec": spec,
}}

parts(spec) := found if {
	found := {finding.part | some finding in resource_requests.finding} with input.context.documents as [pod(spec)]
}

container(fields) := {"containers": [object.union({"name": "web", "image": "web:1"}, fields)]}

test_both_are_asked_for if {
	resource_requests.applies == {0} with input.context.documents as [pod({})]
	parts(container({"resources": {"requests": {"cpu": 1}, "limits": {"memory": "1Gi"}}})) == set()
	parts(container({"resources": {"requests": {"cpu": 1}}})) == {"web"}
}
