package deploy.change_window_test

import data.deploy.change_window

hours := {"days": ["mon", "tue"], "from": "07:00", "to": "15:00", "lets_through": ["rollback"]}

request(now, kind) := {
	"now": now,
	"resource": {"id": "checkout"},
	"context": {"environment": "production", "change": {"kind": kind}},
}

findings(now, kind, own) := found if {
	found := change_window.finding with input as request(now, kind) with data.settings.deploy.change_hours as {"production": own}
}

test_applies_where_there_are_hours if {
	change_window.applies with input as request("", "fix") with data.settings.deploy.change_hours as {"production": hours}
	not change_window.applies with input as request("", "fix") with data.settings.deploy.change_hours as {}
}

test_in_hours_passes if findings("2026-11-24T14:59:59.000Z", "fix", hours) == set()

test_another_hour_or_day_is_told if {
	some finding in findings("2026-11-24T15:00:00.000Z", "fix", hours)
	finding.message == "checkout is not deployed to production at this time: it is tue 15:00 UTC, and its hours are mon, tue from 07:00 to 15:00 UTC."
	endswith(finding.remediation, "goes through at any time: rollback.")
	count(findings("2026-11-25T12:00:00.000Z", "fix", hours)) == 1
	some bare in findings("2026-11-25T12:00:00.000Z", "fix", object.union(hours, {"lets_through": []}))
	endswith(bare.remediation, "No kind of change goes through at another time.")
}

test_a_rollback_comes_at_any_time if findings("2026-11-25T12:00:00.000Z", "rollback", hours) == set()
