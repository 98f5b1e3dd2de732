package config.kubernetes.namespace_pod_security_test

import data.config.kubernetes.namespace_pod_security

namespace(name, labels) := {"type": "kubernetes/Namespace", "id": $"_/{name}", "operation": "create", "content": {
	"kind": "Namespace",
	"metadata": {"name": name, "labels": labels},
}}

found(name, labels) := number if {
	number := count(namespace_pod_security.finding) with input.context.documents as [namespace(name, labels)]
}

test_only_baseline_and_restricted_refuse_pods if {
	namespace_pod_security.applies == {0} with input.context.documents as [namespace("shop", {})]
	found("shop", {"pod-security.kubernetes.io/enforce": "baseline"}) == 0
	found("shop", {"pod-security.kubernetes.io/enforce": "restricted"}) == 0
	found("shop", {"pod-security.kubernetes.io/enforce": "privileged"}) == 1
	found("shop", {"pod-security.kubernetes.io/enforce": "strict"}) == 1
	found("shop", {"pod-security.kubernetes.io/enforce": null}) == 1
	found("shop", null) == 1
	found("kube-system", {}) == 0
}
