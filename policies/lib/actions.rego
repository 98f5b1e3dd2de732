# METADATA
# title: Actions
# description: Which actions change something, and who does them.
package lib.actions

# A person does more than read. Which actions only read is a setting.
changed_by_person if {
	input.subject.type == "user"
	not input.action.name in data.settings.access.reading_actions
}
