# METADATA
# title: Tickets
# description: Whether a text is the key of a ticket, as the pattern of the settings writes them.
package lib.tickets

is_key(value, pattern) := regex.match(pattern, value) if {
	is_string(value)
} else := false
