package config.kubernetes.proc_mount_test

import data.config.kubernetes.proc_mount

pod(spec) := {"type": "kubernetes/Pod", "id": "shop/web", "operation": "update", "content": {
	"kind": "Pod",
	"metadata": {"name": "web", "namespace": "shop"},
	"spec": spec,
}}

parts(spec) := found if {
	found := {finding.part | some finding in proc_mount.finding} with input.context.documents as [pod(spec)]
}

container(fields) := {"containers": [object.union({"name": "web", "image": "web:1"}, fields)]}

secured(security) := container({"securityContext": security})

agent(spec) := {"type": "kubernetes/DaemonSet.apps", "id": "kube-system/weave-net", "operation": "update", "content": {
	"kind": "DaemonSet",
	"metadata": {"name": "weave-net", "namespace": "kube-system"},
	"spec": {"template": {"spec": spec}},
}}

test_only_unmasked_is_found if {
	proc_mount.applies == {0} with input.context.documents as [pod({})]
	parts(secured({"procMount": "Default"})) == set()
	parts(secured({"procMount": "Unmasked"})) == {"web"}
	parts(object.union(secured({"procMount": "Unmasked"}), {"hostUsers": false})) == set()
}

test_a_part_of_the_system_is_exempt if {
	count(proc_mount.finding) == 0 with input.context.documents as [agent(secured({"procMount": "Unmasked"}))]
}
