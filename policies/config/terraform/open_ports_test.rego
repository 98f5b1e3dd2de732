package config.terraform.open_ports_test

import data.config.terraform.open_ports

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in open_ports.finding} with input.context.documents as [document]
}

test_a_web_port_is_open if pointers({"type": "terraform/aws_security_group", "id": "aws_security_group.main", "operation": "update", "content": {"address": "aws_security_group.main", "type": "aws_security_group", "change": {"actions": ["update"], "after": {"ingress": [{"from_port": 443, "to_port": 443, "protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"], "ipv6_cidr_blocks": []}]}}}}) == set()

test_so_is_the_shell if pointers({"type": "terraform/aws_security_group", "id": "aws_security_group.main", "operation": "update", "content": {"address": "aws_security_group.main", "type": "aws_security_group", "change": {"actions": ["update"], "after": {"ingress": [{"from_port": 22, "to_port": 443, "protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"], "ipv6_cidr_blocks": []}]}}}}) == {"/change/after/ingress/0/cidr_blocks"}

test_so_is_everything if pointers({"type": "terraform/aws_security_group", "id": "aws_security_group.main", "operation": "update", "content": {"address": "aws_security_group.main", "type": "aws_security_group", "change": {"actions": ["update"], "after": {"ingress": [{"from_port": 443, "to_port": 443, "protocol": "-1", "cidr_blocks": ["0.0.0.0/0"], "ipv6_cidr_blocks": []}]}}}}) == {"/change/after/ingress/0/cidr_blocks"}

test_to_our_own_network_it_may_be if pointers({"type": "terraform/aws_security_group", "id": "aws_security_group.main", "operation": "update", "content": {"address": "aws_security_group.main", "type": "aws_security_group", "change": {"actions": ["update"], "after": {"ingress": [{"from_port": 22, "to_port": 443, "protocol": "tcp", "cidr_blocks": ["10.0.0.0/8"], "ipv6_cidr_blocks": []}]}}}}) == set()

test_a_rule_of_its_own_lets_the_office_in if pointers({"type": "terraform/aws_security_group_rule", "id": "aws_security_group_rule.main", "operation": "update", "content": {"address": "aws_security_group_rule.main", "type": "aws_security_group_rule", "change": {"actions": ["update"], "after": {"type": "ingress", "from_port": 5432, "to_port": 5432, "protocol": "tcp", "cidr_blocks": ["192.0.2.0/24"]}}}}) == set()

test_or_the_internet if pointers({"type": "terraform/aws_security_group_rule", "id": "aws_security_group_rule.main", "operation": "update", "content": {"address": "aws_security_group_rule.main", "type": "aws_security_group_rule", "change": {"actions": ["update"], "after": {"type": "ingress", "from_port": 5432, "to_port": 5432, "protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"]}}}}) == {"/change/after/cidr_blocks"}

test_what_goes_out_is_not_meant if pointers({"type": "terraform/aws_security_group_rule", "id": "aws_security_group_rule.main", "operation": "update", "content": {"address": "aws_security_group_rule.main", "type": "aws_security_group_rule", "change": {"actions": ["update"], "after": {"type": "egress", "from_port": 5432, "to_port": 5432, "protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"]}}}}) == set()

test_the_newer_kind_of_rule_is_closed if pointers({"type": "terraform/aws_vpc_security_group_ingress_rule", "id": "aws_vpc_security_group_ingress_rule.main", "operation": "update", "content": {"address": "aws_vpc_security_group_ingress_rule.main", "type": "aws_vpc_security_group_ingress_rule", "change": {"actions": ["update"], "after": {"ip_protocol": "tcp", "from_port": 3389, "to_port": 3389, "cidr_ipv6": "2001:db8::/32"}}}}) == set()

test_the_newer_kind_of_rule_is_open if pointers({"type": "terraform/aws_vpc_security_group_ingress_rule", "id": "aws_vpc_security_group_ingress_rule.main", "operation": "update", "content": {"address": "aws_vpc_security_group_ingress_rule.main", "type": "aws_vpc_security_group_ingress_rule", "change": {"actions": ["update"], "after": {"ip_protocol": "tcp", "from_port": 3389, "to_port": 3389, "cidr_ipv6": "::/0"}}}}) == {"/change/after/cidr_ipv6"}

test_the_default_group_lets_itself_in if pointers({"type": "terraform/aws_default_security_group", "id": "aws_default_security_group.main", "operation": "update", "content": {"address": "aws_default_security_group.main", "type": "aws_default_security_group", "change": {"actions": ["update"], "after": {"ingress": [{"from_port": 0, "to_port": 65535, "protocol": "tcp", "cidr_blocks": [], "self": true}]}}}}) == set()

test_the_default_group_lets_the_internet_in if pointers({"type": "terraform/aws_default_security_group", "id": "aws_default_security_group.main", "operation": "update", "content": {"address": "aws_default_security_group.main", "type": "aws_default_security_group", "change": {"actions": ["update"], "after": {"ingress": [{"from_port": 0, "to_port": 65535, "protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"], "self": true}]}}}}) == {"/change/after/ingress/0/cidr_blocks"}

test_each_is_judged if open_ports.applies == {0} with input.context.documents as [{"type": "terraform/aws_security_group", "id": "aws_security_group.main", "operation": "update", "content": {"address": "aws_security_group.main", "type": "aws_security_group", "change": {"actions": ["update"], "after": {"ingress": [{"from_port": 443, "to_port": 443, "protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"], "ipv6_cidr_blocks": []}]}}}}]
