package config.kubernetes.read_only_root_test

import data.config.kubernetes.read_only_root

pod(spec) := {"type": "kubernetes/Pod", "id": "shop/web", "operation": "update", "content": {
	"kind": "Pod",
	"metadata": {"name": "web", "namespace": "shop"},
	"spec": spec,
}}

parts(spec) := found if {
	found := {finding.part | some finding in read_only_root.finding} with input.context.documents as [pod(spec)]
}

container(fields) := {"containers": [object.union({"name": "web", "image": "web:1"}, fields)]}

secured(security) := container({"securityContext": security})

test_only_true_holds if {
	read_only_root.applies == {0} with input.context.documents as [pod({})]
	parts(secured({"readOnlyRootFilesystem": true})) == set()
	parts(secured({"readOnlyRootFilesystem": "true"})) == {"web"}
	parts(container({})) == {"web"}
	parts({"ephemeralContainers": [{"name": "shell", "image": "shell:1"}]}) == set()
}
