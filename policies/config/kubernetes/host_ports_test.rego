package config.kubernetes.host_ports_test

import data.config.kubernetes.host_ports

pod(spec) := {"type": "kubernetes/Pod", "id": "shop/web", "operation": "update", "content": {
	"kind": "Pod",
	"metadata": {"name": "web", "namespace": "shop"},
	"spec": spec,
}}

parts(spec) := found if {
	found := {finding.part | some finding in host_ports.finding} with input.context.documents as [pod(spec)]
}

container(fields) := {"containers": [object.union({"name": "web", "image": "web:1"}, fields)]}

agent(spec) := {"type": "kubernetes/DaemonSet.apps", "id": "kube-system/weave-net", "operation": "update", "content": {
	"kind": "DaemonSet",
	"metadata": {"name": "weave-net", "namespace": "kube-system"},
	"spec": {"template": {"spec": spec}},
}}

test_only_ports_of_the_node_are_found if {
	host_ports.applies == {0} with input.context.documents as [pod({})]
	parts(container({"ports": [{"containerPort": 80}, {"hostPort": 0}, {"hostPort": 443}]})) == {"web/443"}
	parts(object.union(container({"ports": [{"hostPort": 443}]}), {"hostNetwork": true})) == set()
}

test_a_part_of_the_system_is_exempt if {
	count(host_ports.finding) == 0 with input.context.documents as [agent(container({"ports": [{"hostPort": 443}]}))]
}
