package config.kubernetes.exposed_services_test

import data.config.kubernetes.exposed_services

service(spec) := {"type": "kubernetes/Service", "id": "shop/web", "operation": "update", "content": {"kind": "Service", "spec": spec}}

parts(spec) := found if {
	found := {finding.part | some finding in exposed_services.finding} with input.context.documents as [service(spec)]
}

test_openings_are_found if {
	exposed_services.applies == {0} with input.context.documents as [service({})]
	parts({"type": "ClusterIP"}) == set()
	parts({"type": "NodePort"}) == {"NodePort"}
	parts({"type": "LoadBalancer"}) == {"LoadBalancer"}
	parts({"type": "LoadBalancer", "loadBalancerSourceRanges": ["192.0.2.0/24"]}) == set()
}

test_inside_and_doors_are_not if {
	inside := object.union(service({"type": "LoadBalancer"}), {"content": {"metadata": {"annotations": {"service.beta.kubernetes.io/aws-load-balancer-scheme": "internal"}}}})
	count(exposed_services.finding) == 0 with input.context.documents as [inside]
	count(exposed_services.finding) == 0 with input.context.documents as [object.union(service({"type": "LoadBalancer"}), {"id": "traefik/traefik"})]
}
