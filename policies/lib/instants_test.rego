package lib.instants_test

import data.lib.instants

noon := "2026-11-25T12:00:00.000Z"

test_an_instant_is_seconds_wherever_it_was_written if {
	instants.seconds("1970-01-01T00:01:00Z") == 60
	instants.seconds("2026-11-25T13:00:00+01:00") == instants.seconds(noon)
}

test_what_is_no_instant_is_long_ago if {
	instants.seconds(12) == 0
	not instants.is_recent(null, noon, 1000)
}

test_minutes_are_whole_and_never_negative if {
	instants.minutes("2026-11-25T11:28:30Z", noon) == 31
	instants.minutes(noon, "2026-11-25T11:28:30Z") == 0
}

test_recent_is_bounded_on_both_sides if {
	instants.is_recent("2026-11-25T11:00:00Z", noon, 60)
	not instants.is_recent("2026-11-25T10:59:59Z", noon, 60)
	instants.is_recent("2026-11-25T12:05:00Z", noon, 60)
	not instants.is_recent("2026-11-25T12:06:00Z", noon, 60)
}

test_a_window_is_half_open if {
	instants.is_within({"opens": noon, "closes": "2026-11-26T00:00:00Z"}, noon)
	not instants.is_within({"opens": "2026-11-24T00:00:00Z", "closes": noon}, noon)
}

test_hours_are_of_a_day_of_the_week if {
	instants.weekday("1970-01-01T10:00:00Z") == "thu"
	instants.weekday(null) == ""
	week := {
		"sun": ["2026-11-29T00:00:00.000Z", "2026-11-29T23:59:59.999Z"],
		"mon": ["2026-11-30T00:00:00.000Z", "2026-11-30T23:59:59.999Z"],
		"tue": ["2026-12-01T00:00:00.000Z", "2026-12-01T23:59:59.999Z"],
		"wed": ["2026-12-02T00:00:00.000Z", "2026-12-02T23:59:59.999Z"],
		"thu": ["2026-12-03T00:00:00.000Z", "2026-12-03T23:59:59.999Z"],
		"fri": ["2026-12-04T00:00:00.000Z", "2026-12-04T23:59:59.999Z"],
		"sat": ["2026-12-05T00:00:00.000Z", "2026-12-05T23:59:59.999Z"],
	}
	every day, times in week { every instant in times { instants.weekday(instant) == day } }
	instants.is_in_hours({"days": ["wed"], "from": "12:00", "to": "13:00"}, noon)
	not instants.is_in_hours({"days": ["wed"], "from": "07:00", "to": "12:00"}, noon)
	not instants.is_in_hours({"days": ["thu"], "from": "07:00", "to": "17:00"}, noon)
}
