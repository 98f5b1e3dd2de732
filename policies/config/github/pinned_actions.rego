# METADATA
# title: Actions pinned by commit
# description: >-
#   An action of somebody else is named by the commit that was looked at. A tag or branch can be moved to other code,
#   which then runs with the secrets of the workflow.
# custom:
#   id: config.github.pinned_actions
#   severity: medium
#   controls: [OWASP-CICD-SEC-3, NIST-800-53-SR-3, "ISO27001-A.5.21"]
#   remediation: |-
#     Write the full commit, and the version as a comment, which tools that update actions understand:
#     `uses: owner/action@<40 hexadecimal digits> # v4.2.0`.
#     `git ls-remote https://github.com/owner/action v4.2.0` prints it.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/action, github/workflow]
package config.github.pinned_actions

import data.lib.digest
import data.lib.text
import data.lib.workflows

applies contains position if some position, _ in workflows.files

finding contains {"message": message, "document": use.position, "part": part, "pointer": use.pointer} if {
	some use in workflows.uses
	not is_pinned(use.uses)
	not is_trusted(use.uses)
	part := concat("/", array.concat(use.path, [workflows.action(use.uses)]))
	message := $"{use.who} uses {use.uses}: whoever can move that version decides what runs with the secrets of {use.whose}."
}

is_pinned(uses) if {
	[_, version] := split(uses, "@")
	text.is_hex(version, 40)
}

is_pinned(uses) if {
	[_, version] := split(uses, "@")
	digest.is_digest(version)
}

# The repository's own actions change with the workflow itself.
is_trusted(uses) if workflows.is_own(uses)

is_trusted(uses) if workflows.owner(uses) in data.settings.config.github.trusted_owners

# Some refuse to run but by a tag, since they check where they come from.
is_trusted(uses) if strings.any_prefix_match(lower(uses), data.settings.config.github.pinned_by_tag)
