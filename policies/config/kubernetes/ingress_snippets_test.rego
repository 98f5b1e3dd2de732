package config.kubernetes.ingress_snippets_test

import data.config.kubernetes.ingress_snippets

ingress(annotations, spec) := {"type": "kubernetes/Ingress.networking.k8s.io", "id": "shop/web", "operation": "update", "content": {
	"kind": "Ingress",
	"metadata": {"annotations": annotations},
	"spec": spec,
}}

parts(annotations) := found if {
	found := {finding.part | some finding in ingress_snippets.finding} with input.context.documents as [ingress(annotations, {})]
}

test_a_snippet_is_found if {
	ingress_snippets.applies == {0} with input.context.documents as [ingress({}, {})]
	parts({"nginx.org/server-snippets": "x", "nginx.org/mergeable-ingress-type": "master"}) == {"nginx.org/server-snippets"}
}
