# METADATA
# title: What is in the image is listed
# description: >-
#   A software bill of materials lists the components of the very image, in a format that tools read. When the next weakness
#   of a library is known, it is the list that says where it runs. Formats and environments are settings.
# custom:
#   id: deploy.sbom
#   severity: medium
#   controls: [SOC2-CC7.1, "ISO27001-A.8.8", NIST-800-53-SR-4, NIST-800-53-CM-8]
#   remediation: |-
#     Let the build write a bill of materials of the image, keep it, and send what it is of:
#
#       "evidence": {
#         "sbom": { "digest": "sha256:<64 hexadecimal digits>", "format": "cyclonedx", "components": 214 }
#       }
#
#     Formats are `sbom` of `policies/settings/deploy/data.json`.
#   waivable_by: [platform-security]
#   applies_requires: [/context/environment]
#   requires: [/context/evidence/sbom, /context/artifact/digest]
#   effective_on: "2026-01-01T00:00:00.000Z"
package deploy.sbom

import data.lib.text

settings := data.settings.deploy.sbom

applies if input.context.environment in settings.environments

finding contains {"message": message, "pointer": "/context/evidence/sbom/digest"} if {
	not is_of_artifact
	message := $"The bill of materials is not shown to be of {input.context.artifact.digest}: it names {said("digest", "no digest")}."
}

finding contains {"message": message, "pointer": "/context/evidence/sbom/format", "remediation": remediation} if {
	not is_readable
	message := $"The bill of materials is written in {said("format", "no format that is named")}, which nobody here reads."
	remediation := $"Write it in one of these: {concat(", ", sort(settings.formats))}."
}

finding contains {"message": message, "pointer": "/context/evidence/sbom/components"} if {
	not is_filled
	message := "The bill of materials is not shown to list anything: an image without components is one that was not looked into."
}

sbom := input.context.evidence.sbom

said(fact, otherwise) := text.or_else(object.get(sbom, fact, ""), otherwise)

is_of_artifact if sbom.digest == input.context.artifact.digest

is_readable if lower(sbom.format) in settings.formats

is_filled if {
	is_number(sbom.components)
	sbom.components > 0
}
