# METADATA
# title: Clusters say who did what
# description: >-
#   Without the audit log of its API nobody knows afterwards who read a secret or started a pod, and what was not written cannot
#   be had later. Which logs are asked for is in `settings.config.terraform.cluster_logs`.
# custom:
#   id: config.terraform.cluster_logs
#   severity: medium
#   controls: [AWS-FSBP-EKS.8, NIST-800-53-AU-2, NIST-800-53-AU-12, "ISO27001-A.8.15", SOC2-CC7.2]
#   remediation: |-
#     Write:
#
#       enabled_cluster_log_types = ["audit"]
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_eks_cluster]
package config.terraform.cluster_logs

import data.lib.terraform

types := {"aws_eks_cluster"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "pointer": "/change/after/enabled_cluster_log_types"} if {
	some position in applies
	resource := terraform.resources[position]
	not terraform.unknown(resource, "enabled_cluster_log_types")
	missing := [kind |
		some kind in data.settings.config.terraform.cluster_logs
		not kind in terraform.blocks(resource, "enabled_cluster_log_types")
	]
	missing != []
	message := $"{resource.address} writes no {concat(" and no ", missing)} log: nobody will know who did what in it."
}
