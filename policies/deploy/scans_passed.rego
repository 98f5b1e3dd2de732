# METADATA
# title: Scanned for vulnerabilities
# description: >-
#   The very image was scanned, not long ago, and holds no more vulnerabilities of a severity than its environment
#   bears. Count those that have a fix: what nobody can mend yet is no reason to stop. Bounds and age are settings.
# custom:
#   id: deploy.scans_passed
#   severity: high
#   controls: [SOC2-CC7.1, "ISO27001-A.8.8", NIST-800-53-RA-5, NIST-800-53-SI-2]
#   remediation: |-
#     Scan the image by its digest, and send how many vulnerabilities that have a fix are still in it, by severity:
#
#       "evidence": {
#         "scan": {
#           "digest": "sha256:<64 hexadecimal digits>",
#           "finished_at": "2026-03-01T09:30:00Z",
#           "fixable": { "critical": 0, "high": 0 }
#         }
#       }
#
#     The bounds are `scans` of `policies/settings/deploy/data.json`.
#   waivable_by: [platform-security]
#   applies_requires: [/context/environment]
#   requires: [/context/evidence/scan, /context/artifact/digest]
#   effective_on: "2026-01-01T00:00:00.000Z"
package deploy.scans_passed

import data.lib.environments
import data.lib.instants
import data.lib.text

applies if bounds != null

finding contains {"message": message, "pointer": "/context/evidence/scan/digest", "remediation": remediation} if {
	not is_of_artifact
	message := $"The scan is not shown to be of {artifact.digest}: it names {text.or_else(object.get(scan, "digest", ""), "no digest")}."
	remediation := "Scan the image that is deployed, by its digest, and send that scan."
}

finding contains {"message": message, "pointer": "/context/evidence/scan/finished_at", "remediation": remediation} if {
	not is_fresh
	message := $"The scan finished {text.or_else(object.get(scan, "finished_at", ""), "at no known time")}; {input.context.environment} wants one of the last {text.counted(bounds.hours, "hour")}."
	remediation := "Scan the image again: what was found out since the last scan is not in it."
}

finding contains {"message": message, "part": severity, "pointer": "/context/evidence/scan/fixable", "remediation": remediation} if {
	some severity, most in bounds.fixable
	number := scan.fixable[severity]
	number > most
	message := $"The image holds vulnerabilities that have a fix: {number} {severity}; {input.context.environment} bears {most}."
	remediation := "Update the base image and the packages that the scan names, build, and scan again."
}

finding contains {"message": message, "part": severity, "pointer": "/context/evidence/scan/fixable", "remediation": remediation} if {
	some severity, _ in bounds.fixable
	not severity in counted
	message := $"How many {severity} vulnerabilities have a fix is not said."
	remediation := $"Send the number in `context.evidence.scan.fixable.{severity}`, 0 if there are none."
}

scan := input.context.evidence.scan

artifact := input.context.artifact

bounds := environments.setting(data.settings.deploy.scans, input.context.environment)

counted contains severity if {
	some severity, number in scan.fixable
	is_number(number)
}

is_of_artifact if scan.digest == artifact.digest

is_fresh if instants.is_recent(scan.finished_at, input.now, bounds.hours * 60)
