# METADATA
# title: No token in an artifact
# description: >-
#   `actions/checkout` leaves the token of the job in `.git/config`, until version 6 put it elsewhere. Who uploads the
#   whole folder with its hidden files uploads the token, and whoever may read the artifact can use it while the job runs.
# custom:
#   id: config.github.persisted_credentials
#   severity: high
#   controls: [OWASP-CICD-SEC-6, NIST-800-53-IA-5, "ISO27001-A.5.17", SOC2-CC6.1]
#   remediation: |-
#     Leave no token behind, unless a later step pushes:
#
#       - uses: actions/checkout@v6
#         with:
#           persist-credentials: false
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/workflow]
package config.github.persisted_credentials

import data.lib.versions
import data.lib.workflows

applies contains position if some position, _ in workflows.workflows

finding contains {"message": message, "document": upload.position, "part": part, "pointer": $"{upload.pointer}/with/path"} if {
	some upload in workflows.steps
	workflows.action(upload.spec.uses) == "actions/upload-artifact"
	takes_all(upload.spec.with.path)
	takes_hidden(upload.spec)
	some checkout in workflows.steps
	workflows.is_before(checkout, upload)
	keeps(checkout.spec)
	part := $"{upload.job}/{upload.label}"
	message := $"The step “{upload.label}” of the job {upload.job} uploads all files, hidden ones too, and “{checkout.label}” has left the token of the job in one of them: whoever may read the artifact can use it while the job runs."
}

takes_all(path) if {
	some line in split(path, "\n")
	workflows.plain(line) in data.settings.config.github.whole_folders
}

# Since version 4.4 hidden files are left out, unless the step asks for them.
takes_hidden(spec) if object.get(spec.with, "include-hidden-files", false) in [true, "true"]

takes_hidden(spec) if versions.is_before(workflows.version(spec.uses), [4, 4, 0])

keeps(spec) if {
	workflows.action(spec.uses) == "actions/checkout"
	not gives_up(spec)
	not is_elsewhere(workflows.version(spec.uses))
}

gives_up(spec) if spec.with["persist-credentials"] in [false, "false"]

is_elsewhere(version) if {
	versions.numbers_of(version)[0] > 5
}
