package config.kubernetes.security_modules_test

import data.config.kubernetes.security_modules

pod(spec) := {"type": "kubernetes/Pod", "id": "shop/web", "operation": "update", "content": {
	"kind": "Pod",
	"metadata": {"name": "web", "namespace": "shop"},
	"spec": spec,
}}

parts(spec) := found if {
	found := {finding.part | some finding in security_modules.finding} with input.context.documents as [pod(spec)]
}

container(fields) := {"containers": [object.union({"name": "web", "image": "web:1"}, fields)]}

secured(security) := container({"securityContext": security})

agent(spec) := {"type": "kubernetes/DaemonSet.apps", "id": "kube-system/weave-net", "operation": "update", "content": {
	"kind": "DaemonSet",
	"metadata": {"name": "weave-net", "namespace": "kube-system"},
	"spec": {"template": {"spec": spec}},
}}

annotated := object.union_n([pod(container({})), {"content": {"metadata": {"annotations": {"container.apparmor.security.beta.kubernetes.io/web": "unconfined"}}}}])

everything := secured({"appArmorProfile": {"type": "Unconfined"}, "seLinuxOptions": {"type": "spc_t"}})

test_both_stay_on if {
	security_modules.applies == {0} with input.context.documents as [pod({})]
	parts(secured({"appArmorProfile": {"type": "Localhost"}, "seLinuxOptions": {"type": "container_t", "level": "s0"}})) == set()
	parts(everything) == {"web"}
	parts(secured({"seLinuxOptions": {"role": "system_r"}})) == {"web"}
}

test_the_annotation_counts_where_no_field_does if {
	count(security_modules.finding) == 1 with input.context.documents as [annotated]
}

test_a_part_of_the_system_is_exempt if {
	count(security_modules.finding) == 0 with input.context.documents as [agent(everything)]
}
