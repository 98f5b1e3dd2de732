package config.kubernetes.long_lived_tokens_test

import data.config.kubernetes.long_lived_tokens

messages(content) := found if {
	found := {finding.message | some finding in long_lived_tokens.finding} with input.context.documents as [{"type": "kubernetes/Secret", "id": "ci/deployer", "operation": "create", "content": content}]
}

test_a_token_for_ever if {
	messages({"type": "kubernetes.io/service-account-token", "metadata": {"annotations": {"kubernetes.io/service-account.name": "deployer"}}}) == {"Secret ci/deployer holds a token of the service account deployer that never ends: who once read it keeps its rights."}
	messages({"type": "kubernetes.io/service-account-token"}) == {"Secret ci/deployer holds a token of the service account that it names that never ends: who once read it keeps its rights."}
}

test_another_secret_is_none if messages({"type": "Opaque"}) == set()

test_applies_to_secrets if {
	long_lived_tokens.applies == {1} with input.context.documents as [{"type": "kubernetes/Pod", "operation": "update", "content": {}}, {"type": "kubernetes/Secret", "operation": "update", "content": {}}]
}
