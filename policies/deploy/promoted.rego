# METADATA
# title: Promoted, not built anew
# description: >-
#   What goes to an environment ran in the one before it, the very same image. A second build of the same code is
#   another image, and nobody tried it. Which environment comes before which is a setting.
# custom:
#   id: deploy.promoted
#   severity: medium
#   controls: [SOC2-CC8.1, "ISO27001-A.8.31", NIST-800-53-CM-4]
#   remediation: |-
#     Deploy the image to the environment before, let it run there, then deploy the same digest. Send where it ran:
#
#       "evidence": {
#         "ran_in": { "staging": "sha256:<64 hexadecimal digits>" }
#       }
#
#     Which environment comes before which is `promotion` of `policies/settings/deploy/data.json`.
#   waivable_by: [release-managers]
#   applies_requires: [/context/environment]
#   requires: [/context/artifact/digest, /context/evidence/ran_in]
#   effective_on: "2026-01-01T00:00:00.000Z"
package deploy.promoted

import data.lib.environments
import data.lib.text

applies if before != null

finding contains {"message": message, "pointer": "/context/evidence/ran_in", "remediation": remediation} if {
	not is_promoted
	message := $"{digest} is not shown to have run in {before}: {said}."
	remediation := $"Deploy {digest} to {before} first, and send it in `context.evidence.ran_in.{before}`."
}

digest := input.context.artifact.digest

before := environments.setting(data.settings.deploy.promotion, input.context.environment)

ran := object.get(input.context.evidence.ran_in, before, "")

is_promoted if ran == digest

said := $"{ran} did" if {
	text.or_else(ran, "") != ""
} else := "nothing is said of it"
