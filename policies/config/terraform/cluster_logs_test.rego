package config.terraform.cluster_logs_test

import data.config.terraform.cluster_logs

messages(change) := found if {
	found := {finding.message | some finding in cluster_logs.finding} with input.context.documents as [{"type": "terraform/aws_eks_cluster", "id": "c", "operation": "update", "content": {"change": change}}]
}

test_one_that_writes_it if messages({"after": {"enabled_cluster_log_types": ["api", "audit"]}}) == set()

test_one_that_writes_another if messages({"after": {"enabled_cluster_log_types": ["api"]}}) == {"c writes no audit log: nobody will know who did what in it."}

test_one_that_says_nothing if messages({"after": {"enabled_cluster_log_types": null}}) == {"c writes no audit log: nobody will know who did what in it."}

test_several_may_be_asked_for if messages({"after": {"enabled_cluster_log_types": []}}) == {"c writes no audit and no authenticator log: nobody will know who did what in it."}
	with data.settings.config.terraform.cluster_logs as ["audit", "authenticator"]

test_one_that_only_the_apply_shows if messages({"after": {}, "after_unknown": {"enabled_cluster_log_types": true}}) == set()
