package config.terraform.search_domain_test

import data.config.terraform.search_domain

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in search_domain.finding} with input.context.documents as [document]
}

test_a_domain_is_closed_and_encrypted if pointers({"type": "terraform/aws_opensearch_domain", "id": "aws_opensearch_domain.main", "operation": "update", "content": {"address": "aws_opensearch_domain.main", "type": "aws_opensearch_domain", "change": {"actions": ["update"], "after": {"encrypt_at_rest": [{"enabled": true}], "node_to_node_encryption": [{"enabled": true}], "domain_endpoint_options": [{"enforce_https": true}], "vpc_options": [{"subnet_ids": ["subnet-1"]}]}}}}) == set()

test_nodes_speak_in_the_open if pointers({"type": "terraform/aws_opensearch_domain", "id": "aws_opensearch_domain.main", "operation": "update", "content": {"address": "aws_opensearch_domain.main", "type": "aws_opensearch_domain", "change": {"actions": ["update"], "after": {"encrypt_at_rest": [{"enabled": true}], "node_to_node_encryption": [{"enabled": false}], "domain_endpoint_options": [{"enforce_https": true}], "vpc_options": [{"subnet_ids": ["subnet-1"]}]}}}}) == {"/change/after/node_to_node_encryption"}

test_a_domain_has_a_public_address if pointers({"type": "terraform/aws_opensearch_domain", "id": "aws_opensearch_domain.main", "operation": "update", "content": {"address": "aws_opensearch_domain.main", "type": "aws_opensearch_domain", "change": {"actions": ["update"], "after": {"encrypt_at_rest": [{"enabled": true}], "node_to_node_encryption": [{"enabled": true}], "domain_endpoint_options": [{"enforce_https": true}], "vpc_options": []}}}}) == {"/change/after/vpc_options"}

test_each_is_judged if search_domain.applies == {0} with input.context.documents as [{"type": "terraform/aws_opensearch_domain", "id": "aws_opensearch_domain.main", "operation": "update", "content": {"address": "aws_opensearch_domain.main", "type": "aws_opensearch_domain", "change": {"actions": ["update"], "after": {"encrypt_at_rest": [{"enabled": true}], "node_to_node_encryption": [{"enabled": true}], "domain_endpoint_options": [{"enforce_https": true}], "vpc_options": [{"subnet_ids": ["subnet-1"]}]}}}}]

policy(principal) := {"type": "terraform/aws_opensearch_domain_policy", "id": "aws_opensearch_domain_policy.main", "operation": "create", "content": {"change": {"actions": ["create"], "after": {
	"domain_name": "orders",
	"access_policies": json.marshal({"Statement": [{"Effect": "Allow", "Principal": principal, "Action": "es:*", "Resource": "*"}]}),
}}}}

domain(name, options) := {"type": "terraform/aws_opensearch_domain", "id": "aws_opensearch_domain.main", "operation": "none", "content": {"change": {"actions": ["no-op"], "after": {"domain_name": name, "vpc_options": options}}}}

within := [{"subnet_ids": ["subnet-1"]}]

messages(documents) := found if {
	found := {finding.message | some finding in search_domain.finding} with input.context.documents as documents
}

test_a_policy_that_names_nobody if {
	said := {"aws_opensearch_domain_policy.main lets in whoever reaches the domain: its access_policies allows the principal *, and no condition says who."}
	messages([policy("*")]) == said
	messages([policy("*"), domain("orders", [])]) == said
	messages([policy("*"), domain("other", within)]) == said
	messages([policy("*"), domain("orders", within)]) == set()
	messages([policy({"AWS": "arn:aws:iam::111122223333:role/orders"})]) == set()
}

test_a_new_domain_leaves_it_to_aws if pointers({"type": "terraform/aws_opensearch_domain", "id": "aws_opensearch_domain.main", "operation": "create", "content": {"address": "aws_opensearch_domain.main", "type": "aws_opensearch_domain", "change": {"actions": ["create"], "after": {"vpc_options": [{}], "domain_endpoint_options": [{"enforce_https": true}]}, "after_unknown": {"encrypt_at_rest": true, "node_to_node_encryption": true, "vpc_options": [{}]}}}}) == {"/change/after/encrypt_at_rest", "/change/after/node_to_node_encryption"}
