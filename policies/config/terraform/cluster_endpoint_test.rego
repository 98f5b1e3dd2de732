package config.terraform.cluster_endpoint_test

import data.config.terraform.cluster_endpoint

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in cluster_endpoint.finding} with input.context.documents as [document]
}

test_the_api_is_for_the_office if pointers({"type": "terraform/aws_eks_cluster", "id": "aws_eks_cluster.main", "operation": "update", "content": {"address": "aws_eks_cluster.main", "type": "aws_eks_cluster", "change": {"actions": ["update"], "after": {"vpc_config": [{"endpoint_public_access": true, "public_access_cidrs": ["192.0.2.0/24"]}]}}}}) == set()

test_the_api_is_for_everybody if pointers({"type": "terraform/aws_eks_cluster", "id": "aws_eks_cluster.main", "operation": "update", "content": {"address": "aws_eks_cluster.main", "type": "aws_eks_cluster", "change": {"actions": ["update"], "after": {"vpc_config": [{"endpoint_public_access": true, "public_access_cidrs": ["0.0.0.0/0"]}]}}}}) == {"/change/after/vpc_config"}

test_what_only_the_apply_will_show_is_not_complained_of if pointers({"type": "terraform/aws_eks_cluster", "id": "aws_eks_cluster.main", "operation": "update", "content": {"address": "aws_eks_cluster.main", "type": "aws_eks_cluster", "change": {"actions": ["update"], "after": {}, "after_unknown": {"vpc_config": true}}}}) == set()

test_the_api_is_reached_from_inside_only if pointers({"type": "terraform/aws_eks_cluster", "id": "aws_eks_cluster.main", "operation": "update", "content": {"address": "aws_eks_cluster.main", "type": "aws_eks_cluster", "change": {"actions": ["update"], "after": {"vpc_config": [{"endpoint_public_access": false, "public_access_cidrs": ["0.0.0.0/0"]}]}}}}) == set()

test_nobody_knows_yet_who_may_reach_it_but_it_is_closed if pointers({"type": "terraform/aws_eks_cluster", "id": "aws_eks_cluster.main", "operation": "create", "content": {"address": "aws_eks_cluster.main", "type": "aws_eks_cluster", "change": {"actions": ["create"], "after": {"vpc_config": [{"endpoint_private_access": true, "endpoint_public_access": false}]}, "after_unknown": {"vpc_config": [{"public_access_cidrs": true}]}}}}) == set()

test_a_new_cluster_does_not_say_who_may_reach_it if pointers({"type": "terraform/aws_eks_cluster", "id": "aws_eks_cluster.main", "operation": "create", "content": {"address": "aws_eks_cluster.main", "type": "aws_eks_cluster", "change": {"actions": ["create"], "after": {"vpc_config": [{"endpoint_private_access": true, "endpoint_public_access": true}]}, "after_unknown": {"vpc_config": [{"public_access_cidrs": true}]}}}}) == {"/change/after/vpc_config"}

test_each_is_judged if cluster_endpoint.applies == {0} with input.context.documents as [{"type": "terraform/aws_eks_cluster", "id": "aws_eks_cluster.main", "operation": "update", "content": {"address": "aws_eks_cluster.main", "type": "aws_eks_cluster", "change": {"actions": ["update"], "after": {"vpc_config": [{"endpoint_public_access": true, "public_access_cidrs": ["192.0.2.0/24"]}]}}}}]
