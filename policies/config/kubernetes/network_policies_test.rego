package config.kubernetes.network_policies_test

import data.config.kubernetes.network_policies

document(type, id, namespace) := {"type": $"kubernetes/{type}", "id": id, "operation": "update", "content": {
	"kind": split(type, ".")[0],
	"metadata": {"name": split(id, "/")[1], "namespace": namespace},
}}

shop := [document("Namespace", "_/shop", null), document("Pod", "shop/web", "shop")]

found(more) := number if {
	number := count(network_policies.finding) with input.context.documents as array.concat(shop, more)
}

test_a_policy_of_any_kind_guards_its_namespace if {
	network_policies.applies == {0} with input.context.documents as shop
	found([]) == 1
	found([document("NetworkPolicy.networking.k8s.io", "shop/default", "shop")]) == 0
	found([document("CiliumNetworkPolicy.cilium.io", "shop/default", "shop")]) == 0
	found([document("NetworkPolicy.networking.k8s.io", "billing/default", "billing")]) == 1
	found([document("CiliumClusterwideNetworkPolicy.cilium.io", "_/default", null)]) == 0
}

test_what_the_change_leaves_is_there if {
	unchanged := {"operation": "none"}
	standing := document("NetworkPolicy.networking.k8s.io", "shop/default", "shop")
	found([object.union(standing, unchanged)]) == 0
	found([object.union(standing, {"operation": "delete"})]) == 1
	count(network_policies.finding) == 1 with input.context.documents as [shop[0], object.union(shop[1], unchanged)]
	count(network_policies.finding) == 0 with input.context.documents as [object.union(shop[0], unchanged), shop[1]]
}

test_what_runs_nothing_here_or_belongs_to_the_system_is_left if {
	network_policies.applies == set() with input.context.documents as [document("Namespace", "_/shop", null)]
	count(network_policies.finding) == 0 with input.context.documents as [
		document("Namespace", "_/kube-system", null),
		document("Pod", "kube-system/proxy", "kube-system"),
	]
}
