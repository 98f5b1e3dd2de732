package lib.tickets_test

import data.lib.tickets

test_a_key_is_as_the_pattern_writes_it if {
	tickets.is_key("OPS-12", "^[A-Z]+-[0-9]+$")
	not tickets.is_key("soon", "^[A-Z]+-[0-9]+$")
	not tickets.is_key(12, "^[A-Z]+-[0-9]+$")
}
