# METADATA
# title: No download is run unseen in a pipeline
# description: >-
#   A script that goes from the network into a shell is run before anybody has seen it, and is another one whenever its
#   server says so. In a job it finds the secrets of that job and the token of the repository: that is how a changed
#   uploader of coverage took the secrets of thousands of projects. An address that names a commit is the same tomorrow.
# custom:
#   id: config.github.piped_download
#   severity: medium
#   controls: [OWASP-CICD-SEC-3, OWASP-CICD-SEC-9, NIST-800-53-SI-7, "ISO27001-A.5.21"]
#   remediation: |-
#     Use an action that is named by its commit. Or fetch the script, compare it with a digest that stands in the workflow,
#     then run it:
#
#       run: |
#         curl -fsSLo install.sh https://get.example/install.sh
#         echo "DIGEST  install.sh" | sha256sum --check
#         bash install.sh
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/action, github/workflow]
package config.github.piped_download

import data.lib.scripts
import data.lib.workflows

applies contains position if some position, _ in workflows.files

finding contains {"message": message, "document": step.position, "part": part, "pointer": $"{step.pointer}/run"} if {
	some step in workflows.all_steps
	some [host, reader] in scripts.runs_unseen(step.spec.run)
	part := concat("/", array.concat(step.path, [host]))
	message := $"The {step.where} runs what {host} sends, by {reader}: nobody has seen it before."
}
