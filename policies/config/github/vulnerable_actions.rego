# METADATA
# title: No action with a known hole
# description: >-
#   Of some actions it is published which versions let an outsider run commands, write files or read secrets, or were
#   replaced by somebody who had broken in. Which they are is in the settings. A version such as `v4` stands for the newest
#   of its kind; of a commit nothing is known but what the settings say.
# custom:
#   id: config.github.vulnerable_actions
#   severity: high
#   controls: [OWASP-CICD-SEC-3, NIST-800-53-SI-2, "ISO27001-A.8.8", SOC2-CC7.1]
#   remediation: |-
#     Write the version in which the hole is closed, by its commit:
#
#       uses: owner/action@<40 hexadecimal digits> # v46.0.1
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/action, github/workflow]
package config.github.vulnerable_actions

import data.lib.versions
import data.lib.workflows

applies contains position if some position, _ in workflows.files

finding contains {"message": message, "document": use.position, "part": part, "pointer": use.pointer, "remediation": remediation} if {
	some use in workflows.uses
	action := workflows.action(use.uses)
	some hole in data.settings.config.github.vulnerable_actions[action]
	has_hole(workflows.version(use.uses), hole)
	part := concat("/", array.concat(use.path, [action]))
	message := $"{use.who} uses {use.uses}, which has a known hole ({hole.advisory}): {hole.why}."
	remediation := $"Write v{hole.fixed} or newer, by its commit:\n\n  uses: {action}@<40 hexadecimal digits> # v{hole.fixed}"
}

has_hole(version, hole) if {
	versions.is_before(version, versions.numbers_of(hole.fixed))
	not versions.is_before(version, versions.numbers_of(hole.since))
}

has_hole(version, hole) if version in hole.commits
