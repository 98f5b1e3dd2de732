# METADATA
# title: The image is signed
# description: >-
#   The very image carries the signature of somebody who is trusted to sign it, and the signature was verified. Who that is
#   and where it is asked for are settings; a signer is named by how its identity begins.
# custom:
#   id: deploy.image_signature
#   severity: high
#   controls: [SOC2-CC7.1, "ISO27001-A.8.24", NIST-800-53-SI-7, NIST-800-53-CM-14]
#   remediation: |-
#     Sign the image by its digest, verify the signature before asking, as `cosign verify` does, and send what it says:
#
#       "evidence": {
#         "signature": {
#           "digest": "sha256:<64 hexadecimal digits>",
#           "signer": "https://github.com/shop/checkout/.github/workflows/build.yml@refs/heads/main"
#         }
#       }
#
#     Trusted signers are `signatures` of `policies/settings/deploy/data.json`.
#   waivable_by: [platform-security]
#   applies_requires: [/context/environment]
#   requires: [/context/evidence/signature, /context/artifact/digest]
#   effective_on: "2026-01-01T00:00:00.000Z"
package deploy.image_signature

import data.lib.text

settings := data.settings.deploy.signatures

applies if input.context.environment in settings.environments

finding contains {"message": message, "pointer": "/context/evidence/signature/digest"} if {
	not is_of_artifact
	message := $"The signature is not shown to be of {input.context.artifact.digest}: it names {said("digest", "no digest")}."
}

finding contains {"message": message, "pointer": "/context/evidence/signature/signer", "remediation": remediation} if {
	not is_of_signer
	message := $"The image was signed by {said("signer", "nobody who is named")}, who is none of the trusted signers."
	remediation := $"Have it signed by one of these, as far as an identity begins: {concat(", ", sort(settings.signers))}."
}

signature := input.context.evidence.signature

said(fact, otherwise) := text.or_else(object.get(signature, fact, ""), otherwise)

is_of_artifact if signature.digest == input.context.artifact.digest

is_of_signer if {
	some signer in settings.signers
	startswith(signature.signer, signer)
}
