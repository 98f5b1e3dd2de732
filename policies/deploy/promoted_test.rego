package deploy.promoted_test

import data.deploy.promoted

settings := {"production": "staging"}

request(environment, ran) := {"context": {"environment": environment, "artifact": {"digest": "sha256:ab"}, "evidence": {"ran_in": ran}}}

messages(ran) := found if {
	found := {finding.message | some finding in promoted.finding} with input as request("production", ran)
		with data.settings.deploy.promotion as settings
}

test_applies_after_another if {
	promoted.applies with input as request("production", {}) with data.settings.deploy.promotion as settings
	not promoted.applies with input as request("staging", {}) with data.settings.deploy.promotion as settings
}

test_the_same_image_passes if messages({"staging": "sha256:ab"}) == set()

test_another_or_none_is_told if {
	messages({"staging": "sha256:cd"}) == {"sha256:ab is not shown to have run in staging: sha256:cd did."}
	messages({}) == {"sha256:ab is not shown to have run in staging: nothing is said of it."}
}
