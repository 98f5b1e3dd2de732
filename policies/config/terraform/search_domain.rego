# METADATA
# title: Search domains are closed and encrypted
# description: >-
#   An index often holds what a database holds, without its walls. Encryption and HTTPS are switches; a domain outside
#   of a network has a public address, and then its policy must name who may come.
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
#   documents:
#     - terraform/aws_elasticsearch_domain
#     - terraform/aws_elasticsearch_domain_policy
#     - terraform/aws_opensearch_domain
#     - terraform/aws_opensearch_domain_policy
#   crosses_documents: true
package config.terraform.search_domain

import data.lib.iam
import data.lib.terraform

types := {"aws_opensearch_domain", "aws_elasticsearch_domain"}

policy_types := {"aws_opensearch_domain_policy", "aws_elasticsearch_domain_policy"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in (types | policy_types)
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

finding contains {"message": message, "document": position, "part": field, "pointer": $"/change/after/{field}", "remediation": $"Write the block `{field}`, with `{name} = true`."} if {
	some position in applies
	resource := terraform.resources[position]
	resource.type in types
	some field, name in switches
	terraform.leaves_out(position, field)
	message := $"{resource.address} leaves {field} out, and AWS then has it off: what is searched can be read."
}

finding contains {"message": message, "document": position, "part": "vpc_options", "pointer": "/change/after/vpc_options", "remediation": "Name the subnets in `vpc_options`; a domain that stands is made anew for it."} if {
	some position in applies
	resource := terraform.resources[position]
	resource.type in types
	terraform.blocks(resource, "vpc_options") == []
	not terraform.unknown(resource, "vpc_options")
	message := $"{resource.address} has a public address: only its policy keeps the internet out."
}

finding contains {"message": message, "document": position, "part": "access_policies", "pointer": "/change/after/access_policies", "remediation": remediation} if {
	some position in applies
	resource := terraform.resources[position]
	resource.type in policy_types
	some raw in terraform.statements(terraform.value(resource, "access_policies"))
	iam.is_public(iam.allowed(raw))
	not is_guarded(terraform.value(resource, "domain_name"))
	message := $"{resource.address} lets in whoever reaches the domain: its access_policies allows the principal *, and no condition says who."
	remediation := "Name the roles that may search as principals, or put the domain into the network with `vpc_options`."
}

# Also where the plan leaves the domain as it is.
is_guarded(domain) if {
	some document in input.context.documents
	trim_prefix(document.type, "terraform/") in types
	change := document.content.change
	change.after.domain_name == domain
	terraform.is_guarded_domain(change.after, object.get(change, "after_unknown", {}))
}
