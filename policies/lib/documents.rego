# METADATA
# title: Documents
# description: What a change set writes, and what is there beside it once it is applied.
package lib.documents

# By position. One without content cannot be judged: no rule claims it, and so it makes the request indeterminate.
written[position] := document if {
	some position, document in input.context.documents
	document.operation in ["create", "update"]
	is_object(document.content)
}

# By position, with what the change leaves as it is: for what a rule compares a written document with.
there[position] := document if {
	some position, document in input.context.documents
	document.operation != "delete"
	is_object(document.content)
}
