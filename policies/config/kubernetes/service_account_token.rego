# METADATA
# title: Pods carry no token that they do not need
# description: >-
#   A pod that names no service account of its own still gets a token of the one called default, and whoever breaks in can
#   ask the API server with it. A pod that needs one is given an account of its own.
# custom:
#   id: config.kubernetes.service_account_token
#   severity: low
#   controls: [CIS-KUBERNETES-5.1.5, CIS-KUBERNETES-5.1.6, NIST-800-53-AC-6]
#   remediation: |-
#     Write in the spec of the pod:
#
#       automountServiceAccountToken: false
#
#     or, where it asks the API server, name an account made for it with `serviceAccountName`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [kubernetes/workloads]
package config.kubernetes.service_account_token

import data.lib.kubernetes
import data.lib.text

applies contains position if some position, _ in kubernetes.workloads

finding contains {"message": message, "document": position, "pointer": workload.pointer} if {
	some position in whole_pods
	workload := kubernetes.workloads[position]
	not is_without(workload.pod)
	not has_account(workload.pod)
	message := $"{workload.name} carries a token of the service account default, which it is not shown to need."
}

# What has no image is part of a patch.
whole_pods contains container.position if some container in kubernetes.whole

is_without(pod) if pod.automountServiceAccountToken == false

has_account(pod) if {
	some field in ["serviceAccountName", "serviceAccount"]
	not text.or_else(object.get(pod, field, ""), "default") == "default"
}
