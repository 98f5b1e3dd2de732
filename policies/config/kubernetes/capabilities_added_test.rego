package config.kubernetes.capabilities_added_test

import data.config.kubernetes.capabilities_added

pod(spec) := {"type": "kubernetes/Pod", "id": "shop/web", "operation": "update", "content": {
	"kind": "Pod",
	"metadata": {"name": "web", "namespace": "shop"},
	"spec": spec,
}}

parts(spec) := found if {
	found := {finding.part | some finding in capabilities_added.finding} with input.context.documents as [pod(spec)]
}

container(fields) := {"containers": [object.union({"name": "web", "image": "web:1"}, fields)]}

secured(security) := container({"securityContext": security})

agent(spec) := {"type": "kubernetes/DaemonSet.apps", "id": "kube-system/kube-proxy", "operation": "update", "content": {
	"kind": "DaemonSet",
	"metadata": {"name": "kube-proxy", "namespace": "kube-system"},
	"spec": {"template": {"spec": spec}},
}}

test_only_unusual_ones_are_found if {
	capabilities_added.applies == {0} with input.context.documents as [pod({})]
	parts(secured({"capabilities": {"add": ["CHOWN", "SYS_ADMIN", "CAP_IPC_LOCK", "net_raw"]}})) == {"web/IPC_LOCK", "web/NET_RAW"}
}

test_a_part_of_the_system_is_exempt if {
	added := secured({"capabilities": {"add": ["NET_RAW"]}})
	count(capabilities_added.finding) == 1 with input.context.documents as [agent(added)]
	count(capabilities_added.finding) == 0 with input.context.documents as [agent(added)]
		with data.settings.config.kubernetes.system_components as {"kube-system/kube-proxy": {"type": "kubernetes/DaemonSet.apps", "may": ["capabilities"]}}
}
