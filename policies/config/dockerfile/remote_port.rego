# METADATA
# title: Nobody signs in to a container
# description: >-
#   No port is exposed on which one signs in to a machine. A container is changed by building another one; who must look into
#   it uses the platform, which knows who it was.
# custom:
#   id: config.dockerfile.remote_port
#   severity: low
#   controls: [CIS-DOCKER-5.7, NIST-800-53-AC-17]
#   remediation: |-
#     Remove the port, and the server behind it. To look into a container:
#
#       kubectl exec -it POD -- sh
#
#     Which ports count is in `settings.config.dockerfile.remote_ports`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [dockerfile]
package config.dockerfile.remote_port

import data.lib.dockerfiles

applies contains position if some position, _ in dockerfiles.dockerfiles

finding contains {"message": message, "document": instruction.position, "part": $"{instruction.part}/{port}", "pointer": instruction.pointer} if {
	some instruction in dockerfiles.instructions
	instruction.spec.keyword == "EXPOSE"
	some written in instruction.spec.args
	port := split(written, "/")[0]
	what := data.settings.config.dockerfile.remote_ports[port]
	message := $"{instruction.title} exposes port {port}, {what}: a container is not a machine to sign in to."
}
