package config.kubernetes.readiness_probe_test

import data.config.kubernetes.readiness_probe

deployment(fields) := {"type": "kubernetes/Deployment.apps", "id": "shop/web", "operation": "update", "content": {
	"kind": "Deployment",
	"spec": {"template": {"spec": {"containers": [object.union({"name": "web", "image": "web:1"}, fields)]}}},
}}

messages(fields) := found if {
	found := {finding.message | some finding in readiness_probe.finding} with input.context.documents as [deployment(fields)]
}

test_what_listens_says_when_it_is_ready if {
	readiness_probe.applies == {0} with input.context.documents as [deployment({})]
	messages({}) == set()
	messages({"ports": [{"containerPort": 80}], "readinessProbe": {}}) == set()
	messages({"ports": [{"containerPort": 80}]}) == {"Deployment shop/web gets traffic before it is ready: no container of it has a readinessProbe."}
}
