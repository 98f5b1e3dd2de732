# METADATA
# title: No open door for administration and data
# description: >-
#   Remote shells, databases and control planes that the whole internet can reach are scanned within minutes. The
#   ports are in `settings.config.terraform.closed_ports`; web ports are not among them.
# custom:
#   id: config.terraform.open_ports
#   severity: critical
#   controls: [AWS-FSBP-EC2.19, CIS-AWS-5.2, CIS-AWS-5.3, NIST-800-53-SC-7, "ISO27001-A.8.20", SOC2-CC6.6]
#   remediation: |-
#     Name who may come in: the network of the office or of the VPN, or the security group of the caller.
#
#       cidr_blocks = ["10.0.0.0/8"]
#
#     For a shell, Session Manager needs no open port.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents:
#     - terraform/aws_security_group
#     - terraform/aws_default_security_group
#     - terraform/aws_security_group_rule
#     - terraform/aws_vpc_security_group_ingress_rule
package config.terraform.open_ports

import data.lib.terraform

types := {"aws_security_group", "aws_default_security_group", "aws_security_group_rule", "aws_vpc_security_group_ingress_rule"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

inline := [opening |
	some position in applies
	resource := terraform.resources[position]
	resource.type in {"aws_security_group", "aws_default_security_group"}
	some index, rule in terraform.blocks(resource, "ingress")
	opening := {"position": position, "rule": rule, "pointer": $"/change/after/ingress/{index}"}
]

separate := [opening |
	some position in applies
	resource := terraform.resources[position]
	is_ingress(resource)
	opening := {"position": position, "rule": resource.values, "pointer": "/change/after"}
]

is_ingress(resource) if resource.type == "aws_vpc_security_group_ingress_rule"

is_ingress(resource) if {
	resource.type == "aws_security_group_rule"
	resource.values.type == "ingress"
}

finding contains {"message": message, "document": opening.position, "part": ports, "pointer": $"{opening.pointer}/{field}", "remediation": remediation} if {
	some opening in array.concat(inline, separate)
	field := open_fields(opening.rule)[0]
	ports := ports_of(opening.rule)
	message := $"{terraform.resources[opening.position].address} lets the whole internet in on {ports}."
	remediation := $"Name who may come in: the network of the office or of the VPN, or the security group of the caller.\n\n  {field} = {closed_to[field]}\n\nFor a shell, Session Manager needs no open port."
}

closed_to := {"cidr_blocks": `["10.0.0.0/8"]`, "ipv6_cidr_blocks": `["2001:db8::/32"]`, "cidr_ipv4": `"10.0.0.0/8"`, "cidr_ipv6": `"2001:db8::/32"`}

open_fields(rule) := [field |
	some field in ["cidr_blocks", "cidr_ipv4", "ipv6_cidr_blocks", "cidr_ipv6"]
	some source in terraform.listed(object.get(rule, field, null))
	source in {"0.0.0.0/0", "::/0"}
]

ports_of(rule) := "every port" if {
	protocol(rule) in {"-1", "all"}
} else := "every port of TCP" if {
	protocol(rule) in {"tcp", "6"}
	rule.from_port <= 1
	rule.to_port == 65535
} else := $"ports {rule.from_port} to {rule.to_port}, {reached(rule)[0].name} among them" if {
	count(reached(rule)) > 1
} else := $"port {closed.port} ({closed.name})" if {
	some closed in reached(rule)
}

reached(rule) := [closed |
	some closed in data.settings.config.terraform.closed_ports
	protocol(rule) in {"tcp", "6"}
	rule.from_port <= closed.port
	rule.to_port >= closed.port
]

protocol(rule) := $"{object.get(rule, "protocol", object.get(rule, "ip_protocol", ""))}"
