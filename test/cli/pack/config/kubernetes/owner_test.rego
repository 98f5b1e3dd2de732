package config.kubernetes.owner_test

import data.config.kubernetes.owner

pod(labels) := {"type": "kubernetes/Pod", "id": "shop/x", "content": {"metadata": {"labels": labels}}}

test_an_owner_is_named if {
	count(owner.finding) == 0 with input.context.documents as [pod({"owner": "shop"})]
}

test_no_owner_is_named if {
	count(owner.finding) == 1 with input.context.documents as [pod({})]
}
