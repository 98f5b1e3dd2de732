# METADATA
# title: Search domains are closed and encrypted
# description: >-
#   An index often holds what a database holds, without its walls. Encryption and HTTPS are switches; a domain outside
#   of a network has a public address.
# custom:
#   id: config.terraform.search_domain
#   severity: medium
#   controls: [AWS-FSBP-OpenSearch.1, AWS-FSBP-OpenSearch.2, AWS-FSBP-OpenSearch.3, AWS-FSBP-OpenSearch.8, NIST-800-53-SC-28, "ISO27001-A.8.24", SOC2-CC6.1]
#   remediation: |-
#     Switch all of it on:
#
#       encrypt_at_rest {
#         enabled = true
#       }
#       node_to_node_encryption {
#         enabled = true
#       }
#       domain_endpoint_options {
#         enforce_https = true
#       }
#
#     And put the domain into the network, with `vpc_options`.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_opensearch_domain, terraform/aws_elasticsearch_domain]
package config.terraform.search_domain

import data.lib.terraform

types := {"aws_opensearch_domain", "aws_elasticsearch_domain"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

switches := {
	"domain_endpoint_options": "enforce_https",
	"encrypt_at_rest": "enabled",
	"node_to_node_encryption": "enabled",
}

finding contains {"message": message, "document": position, "part": field, "pointer": $"/change/after/{field}", "remediation": $"Write `{name} = true` in `{field}`."} if {
	some position in applies
	resource := terraform.resources[position]
	some field, name in switches
	some block in terraform.blocks(resource, field)
	block[name] == false
	message := $"{resource.address} has {name} of {field} off: what is searched can be read."
}

finding contains {"message": message, "document": position, "part": "vpc_options", "pointer": "/change/after/vpc_options", "remediation": "Name the subnets in `vpc_options`; a domain that stands is made anew for it."} if {
	some position in applies
	resource := terraform.resources[position]
	terraform.blocks(resource, "vpc_options") == []
	not terraform.unknown(resource, "vpc_options")
	message := $"{resource.address} has a public address: only its policy keeps the internet out."
}
