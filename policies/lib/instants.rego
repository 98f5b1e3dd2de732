# METADATA
# title: Instants
# description: Instants as seconds since 1970. One that is none is 1970 itself, so it is too old for whatever asks for its age.
package lib.instants

seconds(instant) := floor(time.parse_rfc3339_ns(instant) / 1000000000) if {
	is_string(instant)
} else := 0

# Whole minutes from one instant to a later one.
minutes(from, to) := floor((seconds(to) - seconds(from)) / 60) if {
	seconds(to) > seconds(from)
} else := 0

# It was, and so many minutes ago at the most. Clocks differ: five minutes ahead is still now.
is_recent(instant, now, most) if {
	seconds(instant) <= seconds(now) + 300
	seconds(now) - seconds(instant) <= most * 60
}

# Half open: the last instant of a window is the first one after it.
is_within(window, now) if {
	seconds(window.opens) <= seconds(now)
	seconds(now) < seconds(window.closes)
}

# The weekly hours of a setting, in UTC: `{"days": ["mon"], "from": "07:00", "to": "17:00"}`.
is_in_hours(hours, now) if {
	weekday(now) in hours.days
	hours.from <= clock(now)
	clock(now) < hours.to
}

# 1970 began on a Thursday. Which midnights of the week have passed is told by a remainder and comparisons: a module does those by
# itself, and asks its host for a division.
weekday(now) := name if {
	is_string(now)
	into_week := time.parse_rfc3339_ns(now) % 604800000000000
	passed := [midnight |
		some midnight in [
			86400000000000,
			172800000000000,
			259200000000000,
			345600000000000,
			432000000000000,
			518400000000000,
		]
		midnight <= into_week
	]
	name := ["thu", "fri", "sat", "sun", "mon", "tue", "wed"][count(passed)]
} else := ""

# Hour and minute of a UTC instant, as texts that compare.
clock(now) := substring(now, 11, 5)
