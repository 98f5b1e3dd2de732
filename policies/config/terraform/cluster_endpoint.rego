# METADATA
# title: The API of a cluster is not open to the internet
# description: >-
#   Whoever can reach the API of a cluster can try stolen credentials and new holes on it. Where a plan does not say who
#   may reach it, everybody may.
# custom:
#   id: config.terraform.cluster_endpoint
#   severity: high
#   controls: [AWS-FSBP-EKS.1, CIS-EKS-5.4.1, NIST-800-53-SC-7, "ISO27001-A.8.20", SOC2-CC6.6]
#   remediation: |-
#     Name who may reach it, or close it:
#
#       vpc_config {
#         endpoint_private_access = true
#         endpoint_public_access  = true
#         public_access_cidrs     = ["192.0.2.0/24"]
#       }
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_eks_cluster]
package config.terraform.cluster_endpoint

import data.lib.terraform

types := {"aws_eks_cluster"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "pointer": "/change/after/vpc_config"} if {
	some position in applies
	resource := terraform.resources[position]
	some block in terraform.blocks(resource, "vpc_config")
	block.endpoint_public_access == true
	"0.0.0.0/0" in terraform.listed(object.get(block, "public_access_cidrs", null))
	message := $"{resource.address} opens its API to the whole internet."
}

finding contains {"message": message, "document": position, "pointer": "/change/after/vpc_config"} if {
	some position in applies
	resource := terraform.resources[position]
	some block in terraform.blocks(resource, "vpc_config")
	block.endpoint_public_access == true
	terraform.listed(object.get(block, "public_access_cidrs", null)) == []
	message := $"{resource.address} opens its API, and no public_access_cidrs say to whom: that is to the whole internet."
}
