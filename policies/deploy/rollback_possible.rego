# METADATA
# title: A way back
# description: >-
#   Before something goes out it is known what to go back to, and that the data still fits it: the image that runs now,
#   and migrations that can be undone. Which kinds of migration can be is a setting.
# custom:
#   id: deploy.rollback_possible
#   severity: medium
#   controls: [SOC2-A1.2, SOC2-CC8.1, "ISO27001-A.8.32", NIST-800-53-CM-3, NIST-800-53-CP-10]
#   remediation: |-
#     Send what to go back to and what the change does to the data:
#
#       "evidence": {
#         "rollback": { "digest": "sha256:<what runs now>", "migrations": "none" }
#       }
#
#     A migration that cannot be undone is split: first add what is new, deploy, and remove what is old in a later
#     change. Of a service that was never deployed send `"first": true` instead of the digest.
#   waivable_by: [release-managers]
#   applies_requires: [/context/environment]
#   requires: [/context/evidence/rollback]
#   effective_on: "2026-01-01T00:00:00.000Z"
package deploy.rollback_possible

import data.lib.digest
import data.lib.text

settings := data.settings.deploy.rollback

applies if input.context.environment in settings.environments

finding contains {"message": message, "pointer": "/context/evidence/rollback/digest", "remediation": remediation} if {
	not is_known
	message := $"{input.resource.id} names no image to go back to if the new one fails in {input.context.environment}."
	remediation := "Send the digest of the image that runs now in `context.evidence.rollback.digest`."
}

finding contains {"message": message, "pointer": "/context/evidence/rollback/migrations", "remediation": remediation} if {
	not migrations in settings.reversible
	message := $"{input.resource.id} may find no way back in {input.context.environment}: its migrations are {migrations}."
	remediation := $"Send in `context.evidence.rollback.migrations` what they are; these can be undone: {concat(", ", sort(settings.reversible))}. Split any other: add what is new now, remove what is old later."
}

rollback := input.context.evidence.rollback

is_known if digest.is_digest(rollback.digest)

is_known if rollback.first == true

migrations := text.or_else(object.get(rollback, "migrations", ""), "not said")
