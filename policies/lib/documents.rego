# METADATA
# title: Documents
# description: The documents of a change set that will be there once it is applied.
package lib.documents

# By position. One without content cannot be judged: no rule claims it, and so it makes the request indeterminate.
written[position] := document if {
	some position, document in input.context.documents
	document.operation in ["create", "update"]
	is_object(document.content)
}
