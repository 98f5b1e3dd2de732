package config.kubernetes.ingress_tls_test

import data.config.kubernetes.ingress_tls

ingress(annotations, spec) := {"type": "kubernetes/Ingress.networking.k8s.io", "id": "shop/web", "operation": "update", "content": {
	"kind": "Ingress",
	"metadata": {"annotations": annotations},
	"spec": spec,
}}

found(annotations, spec) := number if {
	number := count(ingress_tls.finding) with input.context.documents as [ingress(annotations, spec)]
}

test_a_certificate_is_named if {
	ingress_tls.applies == {0} with input.context.documents as [ingress({}, {})]
	found({}, {"tls": [{}]}) == 0
	found({"networking.gke.io/managed-certificates": "web"}, {}) == 0
	found({}, {"tls": []}) == 1
	found({}, {}) == 1
}
