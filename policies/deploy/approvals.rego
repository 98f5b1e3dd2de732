# METADATA
# title: Approvals by others
# description: >-
#   A change is approved by as many people as its environment asks for. Its author does not count, nobody counts twice,
#   and an approval counts only for the commit that it names: what was pushed after it was seen by nobody.
# custom:
#   id: deploy.approvals
#   severity: high
#   controls: [SOC2-CC8.1, "ISO27001-A.8.32", NIST-800-53-CM-3, NIST-800-53-AC-5]
#   remediation: |-
#     Ask somebody who did not write the change to approve its newest commit, then ask again. In
#     `context.change.approvals` it is sent as `{"by": "bob", "commit": "<the commit that bob approved>"}`.
#   waivable_by: [release-managers]
#   applies_requires: [/context/environment]
#   requires: [/context/change/author, /context/change/commit, /context/change/approvals]
#   effective_on: "2026-01-01T00:00:00.000Z"
package deploy.approvals

import data.lib.identity
import data.lib.text

applies if needed > 0

finding contains {"message": message, "pointer": "/context/change/approvals", "remediation": remediation} if {
	missing := needed - count(approvers)
	missing > 0
	commit := text.short(change.commit)
	head := $"{environment} needs {text.counted(needed, "approval")} by others than the author; {input.resource.id} at {commit} has {count(approvers)}."
	message := concat(" ", array.concat([head], sort(remarks)))
	remediation := $"Get {text.counted(missing, "more approval")} of commit {commit} from people who did not write it, then ask again. An approval of an older commit has to be given once more."
}

change := input.context.change

environment := input.context.environment

# An environment that the settings leave out needs as many as the strictest that they name, and one at the least.
needed := number if {
	number := data.settings.deploy.approvals.required[environment]
} else := max({1} | {number | some number in data.settings.deploy.approvals.required})

approvers contains identity.plain(approval.by) if {
	some approval in change.approvals
	not identity.same(approval.by, change.author)
	is_current(approval)
}

is_current(approval) if lower(approval.commit) == lower(change.commit)

remarks contains $"{approval.by} approved it." if {
	some approval in change.approvals
	identity.plain(approval.by) in approvers
	is_current(approval)
}

remarks contains $"{approval.by} wrote it, so this approval does not count." if {
	some approval in change.approvals
	identity.same(approval.by, change.author)
}

remarks contains $"{approval.by} approved another commit, {text.short(approval.commit)}." if {
	some approval in uncounted
	approval.commit
}

remarks contains $"{approval.by}'s approval names no commit, so it may be of an older one." if {
	some approval in uncounted
	not approval.commit
}

# By somebody who may approve, and has not approved this commit as well.
uncounted contains approval if {
	some approval in change.approvals
	not identity.same(approval.by, change.author)
	not identity.plain(approval.by) in approvers
}
