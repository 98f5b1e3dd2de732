package config.kubernetes.removed_apis_test

import data.config.kubernetes.removed_apis

job(version) := {"type": "kubernetes/CronJob.batch", "id": "shop/report", "operation": "update", "content": {"apiVersion": version, "kind": "CronJob"}}

found(version) := number if {
	number := count(removed_apis.finding) with input.context.documents as [job(version)]
}

test_what_is_gone_is_found if {
	removed_apis.applies == {0} with input.context.documents as [job("batch/v1"), {"type": "kubernetes/Service", "operation": "update", "content": {}}]
	found("batch/v1beta1") == 1
	found("batch/v1") == 0
}

test_an_older_cluster_serves_it_still if {
	count(removed_apis.finding) == 0 with input.context.documents as [job("batch/v1beta1")]
		with data.settings.config.kubernetes.kubernetes_minor as 24
}

test_what_has_no_later_version_says_what_to_do if {
	some finding in removed_apis.finding with input.context.documents as [{
		"type": "kubernetes/PodSecurityPolicy.policy",
		"id": "_/restricted",
		"operation": "update",
		"content": {"apiVersion": "policy/v1beta1", "kind": "PodSecurityPolicy"},
	}]
	startswith(finding.remediation, "Remove it, and label each namespace")
}
