package deploy.approvals_test

import data.deploy.approvals

settings := {"required": {"development": 0, "staging": 1, "production": 2}}

request(environment, given) := {
	"resource": {"type": "service", "id": "checkout"},
	"context": {"environment": environment, "change": {"author": "alice", "commit": "4f2c9e1d7a", "approvals": given}},
}

by(name) := {"by": name, "commit": "4F2C9E1D7A"}

findings(asked) := found if {
	found := approvals.finding with input as asked with data.settings.deploy.approvals as settings
}

test_applies_where_an_approval_is_needed if {
	approvals.applies with input as request("staging", []) with data.settings.deploy.approvals as settings
	not approvals.applies with input as request("development", []) with data.settings.deploy.approvals as settings
}

test_applies_where_the_settings_say_nothing if {
	approvals.applies with input as request("development", []) with data.settings.deploy.approvals as {}
	approvals.needed == 2 with input as request("canary", []) with data.settings.deploy.approvals as settings
}

test_two_others_are_enough if findings(request("production", [by("bob"), by("grace")])) == set()

test_the_author_and_repetitions_do_not_count if {
	some finding in findings(request("production", [by("ALICE"), by("bob"), by("Bob")]))
	finding.message == "production needs 2 approvals by others than the author; checkout at 4f2c9e1 has 1. ALICE wrote it, so this approval does not count. Bob approved it. bob approved it."
	finding.remediation == "Get 1 more approval of commit 4f2c9e1 from people who did not write it, then ask again. An approval of an older commit has to be given once more."
}

test_approvals_of_another_commit_or_of_none_do_not_count if {
	some finding in findings(request("staging", [{"by": "bob", "commit": "9a1b2c3d"}, {"by": "grace"}]))
	finding.message == "staging needs 1 approval by others than the author; checkout at 4f2c9e1 has 0. bob approved another commit, 9a1b2c3. grace's approval names no commit, so it may be of an older one."
}
