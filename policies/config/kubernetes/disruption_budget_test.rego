package config.kubernetes.disruption_budget_test

import data.config.kubernetes.disruption_budget

deployment(replicas, namespace) := {"type": "kubernetes/Deployment.apps", "id": "shop/web", "operation": "update", "content": {
	"kind": "Deployment",
	"metadata": {"name": "web", "namespace": namespace},
	"spec": {"replicas": replicas, "template": {"metadata": {"labels": {"app": "web", "tier": "front"}}}},
}}

budget(selector) := {"type": "kubernetes/PodDisruptionBudget.policy", "id": "shop/web", "operation": "update", "content": {
	"kind": "PodDisruptionBudget",
	"metadata": {"name": "web", "namespace": "shop"},
	"spec": {"selector": selector},
}}

found(given) := number if number := count(disruption_budget.finding) with input.context.documents as given

test_a_budget_selects_by_labels if {
	found([deployment(2, "shop")]) == 1
	found([deployment(2, "shop"), budget({"matchLabels": {"app": "web"}})]) == 0
	found([deployment(2, "shop"), budget({"matchLabels": {"app": "web", "tier": "back"}})]) == 1
	found([deployment(2, "shop"), budget({"matchExpressions": []})]) == 0
	found([deployment(2, "billing"), budget({"matchLabels": {"app": "web"}})]) == 1
}

test_a_budget_that_the_change_leaves_is_there_and_one_that_it_deletes_is_not if {
	standing := budget({"matchLabels": {"app": "web"}})
	found([deployment(2, "shop"), object.union(standing, {"operation": "none"})]) == 0
	found([deployment(2, "shop"), object.union(standing, {"operation": "delete"})]) == 1
	found([object.union(deployment(2, "shop"), {"operation": "none"})]) == 0
}

test_only_what_is_written_to_run_several_times_counts if {
	found([deployment(1, "shop")]) == 0
	found([deployment("{{ .Values.replicas }}", "shop")]) == 0
	disruption_budget.applies == {0} with input.context.documents as [deployment(2, "shop")]
}
