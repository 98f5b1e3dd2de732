# METADATA
# title: A canary before all
# description: >-
#   What goes to everybody was tried by a few: the very image served a small part of the traffic for a while, and was
#   healthy. Where it is asked for and how long are settings, and so are the kinds of change that need none. The deploy of the canary itself says so by its `action.name`.
# custom:
#   id: deploy.canary_first
#   severity: medium
#   controls: [SOC2-CC8.1, "ISO27001-A.8.32", NIST-800-53-CM-4]
#   remediation: |-
#     Deploy the image as a canary (`"action": { "name": "canary" }`), let it serve, and send how it did:
#
#       "evidence": {
#         "canary": { "digest": "sha256:<64 hexadecimal digits>", "minutes": 45, "healthy": true }
#       }
#
#     How long is `canary` of `policies/settings/deploy/data.json`.
#   waivable_by: [release-managers]
#   applies_requires: [/context/environment]
#   requires: [/context/evidence/canary, /context/artifact/digest]
#   effective_on: "2026-01-01T00:00:00.000Z"
package deploy.canary_first

import data.lib.text

settings := data.settings.deploy.canary

applies if input.context.environment in settings.environments

finding contains {"message": message, "pointer": "/context/evidence/canary"} if {
	not is_let_through
	some message in lacks
}

# What is not shown of the canary, in the order in which it is mended.
lacks contains $"{input.context.artifact.digest} is not shown to have run as a canary: {text.or_else(object.get(canary, "digest", ""), "nothing")} did." if {
	not is_of_artifact
}

lacks contains $"The canary is not shown to have run for {settings.minutes} minutes." if not is_long

lacks contains "The canary is not shown to have been healthy." if not canary.healthy == true

canary := input.context.evidence.canary

is_of_artifact if canary.digest == input.context.artifact.digest

is_long if {
	is_number(canary.minutes)
	canary.minutes >= settings.minutes
}

is_let_through if input.action.name == "canary"

is_let_through if input.context.change.kind in settings.lets_through
