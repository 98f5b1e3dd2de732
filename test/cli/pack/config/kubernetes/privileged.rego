# METADATA
# title: No privileged containers
# description: A privileged container owns its node.
# custom:
#   id: config.kubernetes.privileged
#   severity: critical
#   controls: [CIS-5.2.1]
#   remediation: |-
#     Remove the line
#       privileged: true
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/workloads]
package config.kubernetes.privileged

applies contains position if {
	some position, document in input.context.documents
	document.type in {"kubernetes/Pod", "kubernetes/Deployment.apps"}
}

finding contains {"message": message, "part": container.name, "document": position, "pointer": pointer} if {
	some position in applies
	some index, container in input.context.documents[position].content.spec.template.spec.containers
	container.securityContext.privileged == true
	message := $"Container {container.name} is privileged."
	pointer := $"/spec/template/spec/containers/{index}/securityContext/privileged"
}
