package config.kubernetes.external_ips_test

import data.config.kubernetes.external_ips

service(spec) := {"type": "kubernetes/Service", "id": "shop/web", "operation": "update", "content": {"kind": "Service", "spec": spec}}

parts(spec) := found if {
	found := {finding.part | some finding in external_ips.finding} with input.context.documents as [service(spec)]
}

test_a_claim_is_found if {
	external_ips.applies == {0} with input.context.documents as [service({})]
	parts({}) == set()
	parts({"externalIPs": ["192.0.2.7"]}) == {"externalIPs"}
}
