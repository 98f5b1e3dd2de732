package config.terraform.search_domain_test

import data.config.terraform.search_domain

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in search_domain.finding} with input.context.documents as [document]
}

test_a_domain_is_closed_and_encrypted if pointers({"type": "terraform/aws_opensearch_domain", "id": "aws_opensearch_domain.main", "operation": "update", "content": {"address": "aws_opensearch_domain.main", "type": "aws_opensearch_domain", "change": {"actions": ["update"], "after": {"encrypt_at_rest": [{"enabled": true}], "node_to_node_encryption": [{"enabled": true}], "domain_endpoint_options": [{"enforce_https": true}], "vpc_options": [{"subnet_ids": ["subnet-1"]}]}}}}) == set()

test_nodes_speak_in_the_open if pointers({"type": "terraform/aws_opensearch_domain", "id": "aws_opensearch_domain.main", "operation": "update", "content": {"address": "aws_opensearch_domain.main", "type": "aws_opensearch_domain", "change": {"actions": ["update"], "after": {"encrypt_at_rest": [{"enabled": true}], "node_to_node_encryption": [{"enabled": false}], "domain_endpoint_options": [{"enforce_https": true}], "vpc_options": [{"subnet_ids": ["subnet-1"]}]}}}}) == {"/change/after/node_to_node_encryption"}

test_a_domain_has_a_public_address if pointers({"type": "terraform/aws_opensearch_domain", "id": "aws_opensearch_domain.main", "operation": "update", "content": {"address": "aws_opensearch_domain.main", "type": "aws_opensearch_domain", "change": {"actions": ["update"], "after": {"encrypt_at_rest": [{"enabled": true}], "node_to_node_encryption": [{"enabled": true}], "domain_endpoint_options": [{"enforce_https": true}], "vpc_options": []}}}}) == {"/change/after/vpc_options"}

test_each_is_judged if search_domain.applies == {0} with input.context.documents as [{"type": "terraform/aws_opensearch_domain", "id": "aws_opensearch_domain.main", "operation": "update", "content": {"address": "aws_opensearch_domain.main", "type": "aws_opensearch_domain", "change": {"actions": ["update"], "after": {"encrypt_at_rest": [{"enabled": true}], "node_to_node_encryption": [{"enabled": true}], "domain_endpoint_options": [{"enforce_https": true}], "vpc_options": [{"subnet_ids": ["subnet-1"]}]}}}}]
