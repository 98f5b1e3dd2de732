package config.kubernetes.service_account_token_test

import data.config.kubernetes.service_account_token

pod(spec) := {"type": "kubernetes/Pod", "id": "shop/web", "operation": "update", "content": {
	"kind": "Pod",
	"metadata": {"name": "web", "namespace": "shop"},
	"spec": spec,
}}

container(fields) := {"containers": [object.union({"name": "web", "image": "web:1"}, fields)]}

found(spec) if count(service_account_token.finding) == 1 with input.context.documents as [pod(spec)]

test_the_token_of_all_is_found if {
	service_account_token.applies == {0} with input.context.documents as [pod({})]
	found(container({}))
	found(object.union(container({}), {"serviceAccountName": "default"}))
	found(object.union(container({}), {"automountServiceAccountToken": true}))
}

test_none_and_its_own_are_not if {
	not found({"containers": [{"name": "patched"}]})
	not found(object.union(container({}), {"automountServiceAccountToken": false}))
	not found(object.union(container({}), {"serviceAccountName": "web"}))
	not found(object.union(container({}), {"serviceAccount": "web"}))
}
