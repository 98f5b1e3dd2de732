package deploy.scans_passed_test

import data.deploy.scans_passed

settings := {"production": {"hours": 24, "fixable": {"critical": 0}}}

request(scan) := {
	"context": {"environment": "production", "artifact": {"digest": "sha256:ab"}, "evidence": {"scan": scan}},
	"now": "2026-11-25T12:00:00.000Z",
}

messages(scan) := found if {
	found := {finding.message | some finding in scans_passed.finding} with input as request(scan)
		with data.settings.deploy.scans as settings
}

good := {"digest": "sha256:ab", "finished_at": "2026-11-25T11:00:00Z", "fixable": {"critical": 0, "low": 7}}

test_applies_where_there_are_bounds if {
	scans_passed.applies with input as request(good) with data.settings.deploy.scans as settings
	not scans_passed.applies with input as request(good) with data.settings.deploy.scans as {}
}

test_a_fresh_scan_without_much_passes if messages(good) == set()

test_each_shortcoming_is_told if {
	messages(object.union(good, {"digest": "sha256:cd"})) == {"The scan is not shown to be of sha256:ab: it names sha256:cd."}
	messages(object.union(good, {"finished_at": "2026-11-24T11:00:00Z"})) == {"The scan finished 2026-11-24T11:00:00Z; production wants one of the last 24 hours."}
	messages(object.union(good, {"fixable": {"critical": 2}})) == {"The image holds vulnerabilities that have a fix: 2 critical; production bears 0."}
}

test_an_empty_scan_shows_nothing if {
	messages({}) == {
		"The scan is not shown to be of sha256:ab: it names no digest.",
		"The scan finished at no known time; production wants one of the last 24 hours.",
		"How many critical vulnerabilities have a fix is not said.",
	}
}
