package deploy.canary_first_test

import data.deploy.canary_first

settings := {"environments": ["production"], "minutes": 30, "lets_through": ["rollback"]}

request(action, kind, canary) := {"action": {"name": action}, "context": {
	"environment": "production",
	"artifact": {"digest": "sha256:ab"},
	"change": {"kind": kind},
	"evidence": {"canary": canary},
}}

good := {"digest": "sha256:ab", "minutes": 30, "healthy": true}

messages(action, kind, canary) := found if {
	found := {finding.message | some finding in canary_first.finding} with input as request(action, kind, canary)
		with data.settings.deploy.canary as settings
}

test_applies_where_it_is_asked_for if {
	canary_first.applies with input as request("deploy", "fix", good) with data.settings.deploy.canary as settings
	not canary_first.applies with input as {"context": {"environment": "staging"}} with data.settings.deploy.canary as settings
}

test_a_healthy_canary_passes if messages("deploy", "fix", good) == set()

test_others_are_told if {
	other := object.union(good, {"digest": "sha256:cd"})
	messages("deploy", "fix", other) == {"sha256:ab is not shown to have run as a canary: sha256:cd did."}
	messages("deploy", "fix", object.union(good, {"minutes": 29})) == {"The canary is not shown to have run for 30 minutes."}
	messages("deploy", "fix", object.union(good, {"healthy": false})) == {"The canary is not shown to have been healthy."}
	count(messages("deploy", "fix", {})) == 3
}

test_the_canary_itself_and_a_way_back_need_none if {
	messages("canary", "fix", {}) == set()
	messages("deploy", "rollback", {}) == set()
}
