package config.kubernetes.sysctls_test

import data.config.kubernetes.sysctls

pod(spec) := {"type": "kubernetes/Pod", "id": "shop/web", "operation": "update", "content": {
	"kind": "Pod",
	"metadata": {"name": "web", "namespace": "shop"},
	"spec": spec,
}}

parts(spec) := found if {
	found := {finding.part | some finding in sysctls.finding} with input.context.documents as [pod(spec)]
}

test_only_others_are_found if {
	sysctls.applies == {0} with input.context.documents as [pod({})]
	parts({"securityContext": {"sysctls": [{"name": "net.ipv4.tcp_syncookies"}, {"name": "vm.swappiness"}]}}) == {"sysctl/vm.swappiness"}
}
