package config.kubernetes.non_root_test

import data.config.kubernetes.non_root

settings := {
	"pod_templates": {"kubernetes/Pod": ["spec"]},
	"system_components": {"kube-system/agent": {"type": "kubernetes/Pod", "may": ["root"]}},
}

pod(metadata, spec) := {"type": "kubernetes/Pod", "id": "shop/web", "operation": "update", "content": {
	"kind": "Pod",
	"metadata": metadata,
	"spec": spec,
}}

messages(spec) := found if {
	found := {finding.message | some finding in non_root.finding} with input.context.documents as [pod({"name": "web", "namespace": "shop"}, spec)]
		with data.settings.config.kubernetes as settings
}

spec(own, inherited) := {"securityContext": inherited, "containers": [{"name": "web", "image": "web:1", "securityContext": own}, {"name": "patched"}]}

may := {"Container web of Pod shop/web may run as root: nothing says that it does not, so its image decides."}

is := {"Container web of Pod shop/web runs as root: `runAsUser` is 0 for it."}

test_applies_to_workloads if {
	non_root.applies == {0} with input.context.documents as [pod({}, {})] with data.settings.config.kubernetes as settings
}

test_it_is_shown_by_the_container_or_by_its_pod if {
	messages(spec({"runAsNonRoot": true}, {})) == set()
	messages(spec({}, {"runAsNonRoot": true})) == set()
	messages(spec({"runAsUser": 10001}, {})) == set()
	messages(spec({}, {"runAsUser": 10001})) == set()
	messages(spec({"runAsUser": 10001}, {"runAsUser": 0})) == set()
}

test_it_is_not_shown if {
	messages(spec({}, {})) == may
	messages(spec({"runAsNonRoot": false}, {"runAsNonRoot": true})) == may
	messages(spec({"runAsUser": "10001"}, {})) == may
	messages(spec({"runAsUser": 0}, {"runAsNonRoot": true})) == is
	messages(spec({"runAsNonRoot": true}, {"runAsUser": 0})) == is
}

test_users_have_no_numbers_on_windows if messages(object.union(spec({}, {}), {"os": {"name": "windows"}})) == set()

test_a_part_of_the_system_is_exempt if {
	count(non_root.finding) == 0 with input.context.documents as [pod({"name": "agent", "namespace": "kube-system"}, spec({}, {}))]
		with data.settings.config.kubernetes as settings
}
