package config.kubernetes.unsafe_volumes_test

import data.config.kubernetes.unsafe_volumes

pod(spec) := {"type": "kubernetes/Pod", "id": "shop/web", "operation": "update", "content": {
	"kind": "Pod",
	"metadata": {"name": "web", "namespace": "shop"},
	"spec": spec,
}}

parts(spec) := found if {
	found := {finding.part | some finding in unsafe_volumes.finding} with input.context.documents as [pod(spec)]
}

test_only_unsafe_types_are_found if {
	unsafe_volumes.applies == {0} with input.context.documents as [pod({})]
	parts({"volumes": [{"name": "a", "emptyDir": {}}, {"name": "b", "gitRepo": {}}, {"name": "c", "nfs": {}}]}) == {"volume/b", "volume/c"}
}

test_the_fix_is_of_the_type if {
	{finding.remediation | some finding in unsafe_volumes.finding} == {
		"Let an init container clone the repository into an `emptyDir`.",
		"Mount a PersistentVolumeClaim of a storage class of the cluster in place of `nfs`.",
	} with input.context.documents as [pod({"volumes": [{"name": "b", "gitRepo": {}}, {"name": "c", "nfs": {}}]})]
}
