# METADATA
# title: Tests passed
# description: >-
#   The checks that an environment needs succeeded on the very commit that was built. A success on an older commit says
#   nothing about what was pushed after it. Which checks an environment needs is a setting.
# custom:
#   id: deploy.tests_passed
#   severity: high
#   controls: [SOC2-CC8.1, "ISO27001-A.8.29", NIST-800-53-CM-4, NIST-800-53-SA-11]
#   remediation: |-
#     Send the checks of the commit that was built, in `context.checks`:
#
#       "checks": [
#         { "name": "test", "conclusion": "success", "commit": "<the full commit>" }
#       ]
#
#     Which of them count is in `required_checks` of `policies/settings/deploy/data.json`.
#   waivable_by: [release-managers]
#   applies_requires: [/context/environment]
#   requires: [/context/checks, /context/change/commit]
#   effective_on: "2026-01-01T00:00:00.000Z"
package deploy.tests_passed

import data.lib.environments
import data.lib.text

applies if count(needed) > 0

finding contains {"message": message, "part": name, "pointer": "/context/checks", "remediation": remediation} if {
	some name in needed
	not name in passed
	message := $"{input.context.environment} needs the check `{name}` to succeed on {text.short(commit)}: {why(name)}."
	remediation := $"Let `{name}` succeed on {text.short(commit)}, then send it in `context.checks` with its `conclusion` and `commit`."
}

commit := input.context.change.commit

needed := environments.setting(data.settings.deploy.required_checks, input.context.environment)

passed contains check.name if {
	some check in input.context.checks
	is_of_commit(check)
	check.conclusion == "success"
}

is_of_commit(check) if lower(check.commit) == lower(commit)

why(name) := $"it ended with {concat(", ", sort(ended[name]))}" if {
	ended[name]
} else := "the result that was sent is of another commit" if {
	some check in input.context.checks
	check.name == name
	check.commit
} else := "the result that was sent names no commit" if {
	some check in input.context.checks
	check.name == name
} else := "no result was sent"

# What its checks ended with.
ended[name] contains check.conclusion if {
	some check in input.context.checks
	name := check.name
	is_of_commit(check)
}
