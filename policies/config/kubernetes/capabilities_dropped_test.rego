package config.kubernetes.capabilities_dropped_test

import data.config.kubernetes.capabilities_dropped

pod(spec) := {"type": "kubernetes/Pod", "id": "shop/web", "operation": "update", "content": {
	"kind": "Pod",
	"metadata": {"name": "web", "namespace": "shop"},
	"spec": spec,
}}

parts(spec) := found if {
	found := {finding.part | some finding in capabilities_dropped.finding} with input.context.documents as [pod(spec)]
}

container(fields) := {"containers": [object.union({"name": "web", "image": "web:1"}, fields)]}

secured(security) := container({"securityContext": security})

agent(spec) := {"type": "kubernetes/DaemonSet.apps", "id": "kube-system/weave-net", "operation": "update", "content": {
	"kind": "DaemonSet",
	"metadata": {"name": "weave-net", "namespace": "kube-system"},
	"spec": {"template": {"spec": spec}},
}}

test_all_must_go if {
	capabilities_dropped.applies == {0} with input.context.documents as [pod({})]
	parts(secured({"capabilities": {"drop": ["CHOWN", "all"]}})) == set()
	parts(secured({"capabilities": {"drop": ["CHOWN"]}})) == {"web"}
	parts(container({})) == {"web"}
}

test_a_part_of_the_system_is_exempt if {
	count(capabilities_dropped.finding) == 0 with input.context.documents as [agent(container({}))]
}
