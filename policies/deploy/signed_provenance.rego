# METADATA
# title: Provenance
# description: >-
#   It is signed who built the very image, from which repository: a builder that is trusted, at the level of SLSA that is
#   wanted, from the repository of the change. Builders and level are settings; an entry is the beginning of an id.
# custom:
#   id: deploy.signed_provenance
#   severity: high
#   controls: [SLSA-BUILD-L2, SOC2-CC7.1, "ISO27001-A.8.30", NIST-800-53-SR-4, NIST-800-53-SI-7]
#   remediation: |-
#     Let the build attest its image, verify that before asking, and send what the signed statement says:
#
#       "evidence": {
#         "provenance": {
#           "digest": "sha256:<64 hexadecimal digits>",
#           "level": 2,
#           "builder": "https://github.com/shop/checkout/.github/workflows/build.yml@refs/heads/main",
#           "repository": "shop/checkout"
#         }
#       }
#
#     Trusted builders are `provenance` of `policies/settings/deploy/data.json`.
#   waivable_by: [platform-security]
#   applies_requires: [/context/environment]
#   requires: [/context/evidence/provenance, /context/artifact/digest, /context/change/repository]
#   effective_on: "2026-01-01T00:00:00.000Z"
package deploy.signed_provenance

import data.lib.text

settings := data.settings.deploy.provenance

applies if input.context.environment in settings.environments

finding contains {"message": message, "pointer": "/context/evidence/provenance/digest"} if {
	not is_of_artifact
	message := $"The provenance is not shown to be of {input.context.artifact.digest}: it names {said("digest", "no digest")}."
}

finding contains {"message": message, "pointer": "/context/evidence/provenance/repository"} if {
	not is_of_repository
	message := $"The image is not shown to be built from {input.context.change.repository}: its provenance names {said("repository", "no repository")}."
}

finding contains {"message": message, "pointer": "/context/evidence/provenance/builder", "remediation": remediation} if {
	not is_of_builder
	message := $"The image was built by {said("builder", "nobody who is named")}, which is none of the trusted builders."
	remediation := $"Build it by one of these, as far as an id begins: {concat(", ", sort(settings.builders))}."
}

finding contains {"message": message, "pointer": "/context/evidence/provenance/level"} if {
	not is_of_level
	message := $"The provenance is not shown to be of SLSA build level {settings.level}."
}

provenance := input.context.evidence.provenance

said(fact, otherwise) := text.or_else(object.get(provenance, fact, ""), otherwise)

is_of_artifact if provenance.digest == input.context.artifact.digest

is_of_repository if lower(provenance.repository) == lower(input.context.change.repository)

is_of_builder if {
	some builder in settings.builders
	startswith(provenance.builder, builder)
}

is_of_level if {
	is_number(provenance.level)
	provenance.level >= settings.level
}
