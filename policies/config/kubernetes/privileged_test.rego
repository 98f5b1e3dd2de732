package config.kubernetes.privileged_test

import data.config.kubernetes.privileged

settings := {
	"pod_templates": {"kubernetes/Pod": ["spec"]},
	"dangerous_capabilities": ["SYS_ADMIN"],
	"harmless_host_paths": ["/etc/localtime"],
	"system_components": {"kube-system/agent": {
		"type": "kubernetes/Pod",
		"may": ["privileged", "capabilities", "hostPath", "hostPID"],
	}},
}

pod(metadata, spec) := {"type": "kubernetes/Pod", "id": "shop/web", "operation": "update", "content": {
	"kind": "Pod",
	"metadata": metadata,
	"spec": spec,
}}

parts(spec) := found if {
	found := {finding.part | some finding in privileged.finding} with input.context.documents as [pod({"name": "web", "namespace": "shop"}, spec)]
		with data.settings.config.kubernetes as settings
}

container(security) := {"containers": [{"name": "web", "securityContext": security}]}

everything := {
	"hostPID": true,
	"securityContext": {"windowsOptions": {"hostProcess": true}},
	"containers": [{"name": "web", "securityContext": {"privileged": true, "capabilities": {"add": ["SYS_ADMIN"]}}}],
	"volumes": [{"name": "root", "hostPath": {"path": "/"}}],
}

test_applies_to_workloads if {
	privileged.applies == {1} with input.context.documents as [{"type": "kubernetes/Service", "operation": "update", "content": {}}, pod({}, {})]
		with data.settings.config.kubernetes as settings
}

test_a_plain_pod_passes if {
	parts(container({"privileged": false, "capabilities": {"add": ["CHOWN"], "drop": ["ALL"]}})) == set()
	parts({"hostPID": false, "volumes": [{"name": "a", "emptyDir": {}}, {"name": "b", "hostPath": {"path": "/etc/localtime"}}]}) == set()
}

test_each_way_to_the_node_is_found if {
	parts(container({"privileged": true})) == {"web"}
	parts(container({"capabilities": {"add": ["cap_sys_admin"]}})) == {"web/SYS_ADMIN"}
	parts(container({"windowsOptions": {"hostProcess": true}})) == {"web"}
	parts({"hostNetwork": true, "hostPID": true, "hostIPC": true}) == {"hostIPC", "hostNetwork", "hostPID"}
	parts({"volumes": [{"name": "root", "hostPath": {"path": "/"}}]}) == {"volume/root"}
}

test_a_container_may_step_back_from_its_pods_host_process if {
	parts(object.union(
		container({"windowsOptions": {"hostProcess": false}}),
		{"securityContext": {"windowsOptions": {"hostProcess": true}}},
	)) == set()
}

test_a_pod_makes_host_processes_of_its_containers if {
	parts(everything) == {"web", "web/SYS_ADMIN", "hostPID", "volume/root"}
}

test_a_part_of_the_system_is_exempt if {
	count(privileged.finding) == 0 with input.context.documents as [pod({"name": "agent", "namespace": "kube-system"}, everything)]
		with data.settings.config.kubernetes as settings
}
