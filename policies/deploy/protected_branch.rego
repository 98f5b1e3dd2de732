# METADATA
# title: Built from a protected branch
# description: >-
#   What goes to an environment was built from a branch that only reviewed changes get into. Which branches those are is
#   a setting by environment; `release/*` is every branch below `release/`.
# custom:
#   id: deploy.protected_branch
#   severity: medium
#   controls: [SOC2-CC8.1, "ISO27001-A.8.4", NIST-800-53-CM-5]
#   remediation: |-
#     Merge the change, build the branch that it went into, and send that branch:
#
#       "change": { "branch": "main" }
#
#     The branches are `branches` of `policies/settings/deploy/data.json`.
#   waivable_by: [release-managers]
#   applies_requires: [/context/environment]
#   requires: [/context/change/branch]
#   effective_on: "2026-01-01T00:00:00.000Z"
package deploy.protected_branch

import data.lib.environments

applies if allowed != null

finding contains {"message": message, "pointer": "/context/change/branch", "remediation": remediation} if {
	not is_allowed
	message := $"{input.resource.id} was built from `{branch}`; {input.context.environment} takes {concat(", ", sort(allowed))}."
	remediation := $"Merge `{branch}` into one of these, and deploy what is built there."
}

branch := trim_prefix(input.context.change.branch, "refs/heads/")

allowed := environments.setting(data.settings.deploy.branches, input.context.environment)

is_allowed if branch in allowed

is_allowed if {
	some entry in allowed
	endswith(entry, "/*")
	startswith(branch, trim_suffix(entry, "*"))
}
