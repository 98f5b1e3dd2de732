# METADATA
# title: People of a change
package lib.people

others contains approval.by if {
	some approval in input.context.change.approvals
	approval.by != input.context.change.author
}
