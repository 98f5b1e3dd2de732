package config.kubernetes.seccomp_test

import data.config.kubernetes.seccomp

pod(spec) := {"type": "kubernetes/Pod", "id": "shop/web", "operation": "update", "content": {
	"kind": "Pod",
	"metadata": {"name": "web", "namespace": "shop"},
	"spec": spec,
}}

parts(spec) := found if {
	found := {finding.part | some finding in seccomp.finding} with input.context.documents as [pod(spec)]
}

container(fields) := {"containers": [object.union({"name": "web", "image": "web:1"}, fields)]}

secured(security) := container({"securityContext": security})

agent(spec) := {"type": "kubernetes/DaemonSet.apps", "id": "kube-system/weave-net", "operation": "update", "content": {
	"kind": "DaemonSet",
	"metadata": {"name": "weave-net", "namespace": "kube-system"},
	"spec": {"template": {"spec": spec}},
}}

profile(type) := {"seccompProfile": {"type": type}}

test_a_profile_filters if {
	seccomp.applies == {0} with input.context.documents as [pod({})]
	parts(secured(profile("RuntimeDefault"))) == set()
	parts(object.union(container({}), {"securityContext": profile("Localhost")})) == set()
}

test_none_does_not if {
	parts(container({})) == {"web"}
	parts(secured(profile("Unconfined"))) == {"web"}
}

test_a_part_of_the_system_is_exempt if count(seccomp.finding) == 0 with input.context.documents as [agent(container({}))]
