# METADATA
# title: Workflows of others get the secrets that they need
# description: >-
#   `secrets: inherit` hands every secret of the repository, and those of the organisation that it sees, to the workflow
#   that is called. One of another owner gets those that it needs by name.
# custom:
#   id: config.github.secrets_inherit
#   severity: medium
#   controls: [OWASP-CICD-SEC-6, NIST-800-53-AC-6, "ISO27001-A.5.15"]
#   remediation: |-
#     Name the secrets that the workflow needs:
#
#       secrets:
#         registry-token: ${{ secrets.REGISTRY_TOKEN }}
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [github/workflow]
package config.github.secrets_inherit

import data.lib.workflows

applies contains position if some position, _ in workflows.workflows

finding contains {"message": message, "document": job.position, "part": job.name, "pointer": $"{job.pointer}/secrets"} if {
	some job in workflows.jobs
	job.spec.secrets == "inherit"
	not is_ours(job.spec.uses)
	message := $"The job {job.name} hands every secret of this repository to {job.spec.uses}, which belongs to somebody else."
}

is_ours(uses) if workflows.is_own(uses)

is_ours(uses) if workflows.owner(uses) in data.settings.config.github.trusted_owners

# Of the same owner as the repository that is changed, where the request names it as GitHub does.
is_ours(uses) if {
	input.resource.type == "repository"
	[owner, _] := split(lower(input.resource.id), "/")
	workflows.owner(uses) == owner
}
