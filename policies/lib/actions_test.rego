package lib.actions_test

import data.lib.actions

changed(type, action) if {
	actions.changed_by_person with input as {"subject": {"type": type}, "action": {"name": action}}
		with data.settings.access.reading_actions as ["read"]
}

test_a_person_changes_what_is_not_only_read if {
	changed("user", "restart")
	not changed("user", "read")
	not changed("service", "restart")
}
