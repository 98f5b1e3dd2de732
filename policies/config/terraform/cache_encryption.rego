# METADATA
# title: Caches are encrypted
# description: >-
#   Sessions and tokens live in caches. Both switches are set when a group is made; one of them cannot be set later.
# custom:
#   id: config.terraform.cache_encryption
#   severity: low
#   controls: [AWS-FSBP-ElastiCache.4, AWS-FSBP-ElastiCache.5, NIST-800-53-SC-28, "ISO27001-A.8.24", SOC2-CC6.1]
#   remediation: |-
#     Switch both on:
#
#       at_rest_encryption_enabled = true
#       transit_encryption_enabled = true
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_elasticache_replication_group]
package config.terraform.cache_encryption

import data.lib.terraform

types := {"aws_elasticache_replication_group"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "part": name, "pointer": $"/change/after/{name}", "remediation": $"Write `{name} = true`."} if {
	some position in applies
	resource := terraform.resources[position]
	some name in ["at_rest_encryption_enabled", "transit_encryption_enabled"]
	is_off(position, name)
	message := $"{resource.address} leaves {name} off: what is cached can be read."
}

is_off(position, name) if terraform.off(terraform.resources[position], name)

# What a new group leaves out AWS switches on for Valkey only. A member of a global group names no kind of node, and takes
# after the first.
is_off(position, name) if {
	terraform.leaves_out(position, name)
	terraform.value(terraform.resources[position], "engine") != "valkey"
	is_string(terraform.value(terraform.resources[position], "node_type"))
}
