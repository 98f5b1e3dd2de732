package lib.network_test

import data.lib.network

documents := [
	{"type": "kubernetes/Service", "id": "_/web", "operation": "update", "content": {"kind": "Service", "metadata": {"annotations": {"a": "b"}}, "spec": {"ports": []}}},
	{"type": "kubernetes/Ingress.extensions", "id": "shop/web", "operation": "update", "content": {"kind": "Ingress", "metadata": {"annotations": null}}},
]

test_each_is_gathered_by_its_type if {
	network.services == {0: {"id": "_/web", "name": "Service web", "annotations": {"a": "b"}, "spec": {"ports": []}}} with input.context.documents as documents
	network.ingresses == {1: {"id": "shop/web", "name": "Ingress shop/web", "annotations": {}, "spec": {}}} with input.context.documents as documents
}

test_what_is_no_list_is_an_empty_one if {
	network.list({"tls": [1]}, "tls") == [1]
	network.list({"tls": null}, "tls") == []
	network.list({}, "tls") == []
}
