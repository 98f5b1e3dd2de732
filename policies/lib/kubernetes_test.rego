package lib.kubernetes_test

import data.lib.kubernetes

settings := {
	"pod_templates": {"kubernetes/Pod": ["spec"], "kubernetes/Job.batch": ["spec", "template", "spec"]},
	"system_components": {"kube-system/agent": {"type": "kubernetes/Job.batch", "may": ["root"]}},
	"image_mirrors": ["mirror.example/all"],
	"system_images": {
		"agent.example/agent": {"types": ["kubernetes/Job.batch"], "may": ["hostPath"]},
		"agent.example/helper": {"types": ["kubernetes/Job.batch"], "may": ["root"]},
	},
}

documents := [
	{"type": "kubernetes/Pod", "id": "_/debug", "operation": "create", "content": {
		"kind": "Pod",
		"metadata": {"name": "debug"},
		"spec": {
			"securityContext": {"runAsUser": 1, "runAsNonRoot": true},
			"containers": [
				{"name": "a", "securityContext": {"runAsUser": 2}},
				{"securityContext": {"runAsUser": null}},
			],
			"initContainers": [{"name": "b"}],
			"ephemeralContainers": [{"name": "c"}],
		},
	}},
	{"type": "kubernetes/ConfigMap", "id": "_/debug", "operation": "create", "content": {"kind": "ConfigMap"}},
	{"type": "kubernetes/Job.batch", "id": "kube-system/agent", "operation": "update", "content": {
		"kind": "Job",
		"metadata": {"name": "agent", "namespace": "kube-system"},
		"spec": {"template": {"spec": {"containers": [{"name": "d"}]}}},
	}},
	{"type": "kubernetes/Job.batch", "id": "shop/empty", "operation": "update", "content": {"kind": "Job"}},
]

test_a_workload_has_its_pod_where_the_settings_say if {
	found := kubernetes.workloads with input.context.documents as documents with data.settings.config.kubernetes as settings
	object.keys(found) == {0, 2, 3}
	found[0].name == "Pod debug"
	found[2].name == "Job kube-system/agent"
	found[2].pointer == "/spec/template/spec"
	found[2].pod.containers[0].name == "d"
	found[3].pod == {}
}

test_every_container_is_gathered_and_named if {
	found := kubernetes.containers with input.context.documents as documents with data.settings.config.kubernetes as settings
	[[container.position, container.name, container.pointer] | some container in found] == [
		[0, "a", "/spec/containers/0"],
		[0, "containers/1", "/spec/containers/1"],
		[0, "b", "/spec/initContainers/0"],
		[0, "c", "/spec/ephemeralContainers/0"],
		[2, "d", "/spec/template/spec/containers/0"],
	]
}

test_a_container_overrides_its_pod if {
	users := [user |
		some container in kubernetes.containers
		user := kubernetes.security(container, "runAsUser")
	] with input.context.documents as documents with data.settings.config.kubernetes as settings
	users == [2, 1, 1, 1]
}

test_an_exemption_names_type_and_namespace if {
	exempt(documents, 2, "root")
	not exempt(documents, 2, "privileged")
	not exempt(documents, 0, "root")
	not exempt(documents, 3, "root")
}

test_an_exemption_names_an_image_and_the_type_that_runs_it if {
	exempt([agents("Job.batch", ["agent.example/agent:1@sha256:ab"])], 0, "hostPath")
	exempt([agents("Job.batch", ["mirror.example/all/agent.example/agent:1"])], 0, "hostPath")
	not exempt([agents("Job.batch", ["agent.example/agent:1"])], 0, "hostPID")
	not exempt([agents("Job.batch", ["other.example/agent:1"])], 0, "hostPath")
	not exempt([agents("Job.batch", [null])], 0, "hostPath")
	not exempt([agents("Deployment.apps", ["agent.example/agent:1"])], 0, "hostPath")
}

test_a_pod_is_exempt_only_with_all_its_containers if {
	exempt([agents("Job.batch", ["agent.example/agent", "agent.example/helper"])], 0, "hostPath")
	exempt([agents("Job.batch", ["agent.example/helper"])], 0, "root")
	not exempt([agents("Job.batch", ["agent.example/helper"])], 0, "hostPath")
	not exempt([agents("Job.batch", ["agent.example/agent", "shop/web"])], 0, "hostPath")
}

agents(type, names) := {"type": $"kubernetes/{type}", "id": "_/agent", "operation": "update", "content": {
	"kind": "Job",
	"metadata": {"name": "agent"},
	"spec": {"template": {"spec": {"containers": [{"name": "a", "image": name} | some name in names]}}},
}}

exempt(given, position, right) if {
	some container in kubernetes.containers with input.context.documents as given
		with data.settings.config.kubernetes as settings
	container.position == position
	kubernetes.exempt(container, right) with input.context.documents as given with data.settings.config.kubernetes as settings
	kubernetes.exempt_pod(position, right) with input.context.documents as given with data.settings.config.kubernetes as settings
}

test_a_container_without_an_image_is_part_of_a_patch if {
	names(kubernetes.whole) == ["app", "old", "once", "beside"] with input.context.documents as kinds
	names(kubernetes.whole) == [] with input.context.documents as documents with data.settings.config.kubernetes as settings
}

test_a_privileged_container_has_no_bounds if {
	names(kubernetes.confined) == ["app", "once", "beside"] with input.context.documents as kinds
	names(kubernetes.confined) == [] with input.context.documents as [on_windows]
}

test_init_containers_last_where_they_are_restarted if {
	names(kubernetes.lasting) == ["app", "old", "beside"] with input.context.documents as kinds
}

test_capabilities_are_spelled_in_one_way if {
	kubernetes.capability("cap_net_raw") == "NET_RAW"
	kubernetes.capability(7) == ""
}

names(found) := [container.name | some container in found]

kinds := [{"type": "kubernetes/Pod", "id": "shop/web", "operation": "update", "content": {"kind": "Pod", "spec": {
	"containers": [
		{"name": "app", "image": "app:1"},
		{"name": "old", "image": "old:1", "securityContext": {"privileged": true}},
		{"name": "patched", "image": ""},
	],
	"initContainers": [
		{"name": "once", "image": "app:1"},
		{"name": "beside", "image": "proxy:1", "restartPolicy": "Always"},
	],
}}}]

on_windows := {"type": "kubernetes/Pod", "id": "shop/win", "operation": "update", "content": {"kind": "Pod", "spec": {
	"os": {"name": "windows"},
	"containers": [{"name": "app", "image": "app:1"}],
}}}

test_resources_are_of_the_container_or_of_its_pod if {
	[own, shared] := kubernetes.containers with input.context.documents as bounded
	kubernetes.has_resource(own, "limits", "memory") with input.context.documents as bounded
	not memory_of(shared)
	kubernetes.has_resource(shared, "limits", "cpu") with input.context.documents as bounded
}

memory_of(container) if {
	kubernetes.has_resource(container, "limits", "memory") with input.context.documents as bounded
}

bounded := [{"type": "kubernetes/Pod", "id": "shop/web", "operation": "update", "content": {"kind": "Pod", "spec": {
	"resources": {"limits": {"cpu": 1}},
	"containers": [{"name": "own", "resources": {"limits": {"memory": "1Gi"}}}, {"name": "shared"}],
}}}]

test_windows_is_told_by_its_node_too if {
	kubernetes.is_windows(0) with input.context.documents as [{"type": "kubernetes/Pod", "id": "_/win", "operation": "update", "content": {
		"kind": "Pod",
		"metadata": {"name": "win"},
		"spec": {"nodeSelector": {"kubernetes.io/os": "windows"}},
	}}]
}
