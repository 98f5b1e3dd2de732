package config.kubernetes.allow_privilege_escalation_test

import data.config.kubernetes.allow_privilege_escalation

pod(spec) := {"type": "kubernetes/Pod", "id": "shop/web", "operation": "update", "content": {
	"kind": "Pod",
	"metadata": {"name": "web", "namespace": "shop"},
	"spec": spec,
}}

parts(spec) := found if {
	found := {finding.part | some finding in allow_privilege_escalation.finding} with input.context.documents as [pod(spec)]
}

container(fields) := {"containers": [object.union({"name": "web", "image": "web:1"}, fields)]}

secured(security) := container({"securityContext": security})

agent(spec) := {"type": "kubernetes/DaemonSet.apps", "id": "kube-system/weave-net", "operation": "update", "content": {
	"kind": "DaemonSet",
	"metadata": {"name": "weave-net", "namespace": "kube-system"},
	"spec": {"template": {"spec": spec}},
}}

test_false_keeps_it if parts(secured({"allowPrivilegeEscalation": false})) == set()

test_all_else_does_not if {
	allow_privilege_escalation.applies == {0} with input.context.documents as [pod({})]
	parts(container({})) == {"web"}
	parts(secured({"allowPrivilegeEscalation": true})) == {"web"}
}

test_sys_admin_needs_it if {
	parts(secured({"capabilities": {"add": ["SYS_ADMIN"]}})) == set()
	parts(secured({"capabilities": {"add": ["CHOWN"]}})) == {"web"}
}

test_a_part_of_the_system_is_exempt if {
	count(allow_privilege_escalation.finding) == 0 with input.context.documents as [agent(container({}))]
}
