package config.terraform.deletion_protection_test

import data.config.terraform.deletion_protection

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in deletion_protection.finding} with input.context.documents as [document]
}

test_a_database_is_protected if pointers({"type": "terraform/aws_rds_cluster", "id": "aws_rds_cluster.main", "operation": "update", "content": {"address": "aws_rds_cluster.main", "type": "aws_rds_cluster", "change": {"actions": ["update"], "after": {"deletion_protection": true}}}}) == set()

test_a_database_can_be_deleted if pointers({"type": "terraform/aws_rds_cluster", "id": "aws_rds_cluster.main", "operation": "update", "content": {"address": "aws_rds_cluster.main", "type": "aws_rds_cluster", "change": {"actions": ["update"], "after": {"deletion_protection": false}}}}) == {"/change/after/deletion_protection"}

test_a_replica_may_be if pointers({"type": "terraform/aws_rds_cluster", "id": "aws_rds_cluster.main", "operation": "update", "content": {"address": "aws_rds_cluster.main", "type": "aws_rds_cluster", "change": {"actions": ["update"], "after": {"deletion_protection": false, "replicate_source_db": "orders"}}}}) == set()

test_also_one_of_a_database_that_is_yet_to_be_made if pointers({"type": "terraform/aws_rds_cluster", "id": "aws_rds_cluster.main", "operation": "update", "content": {"address": "aws_rds_cluster.main", "type": "aws_rds_cluster", "change": {"actions": ["update"], "after": {"deletion_protection": false}, "after_unknown": {"replicate_source_db": true}}}}) == set()

test_a_table_is_protected if pointers({"type": "terraform/aws_dynamodb_table", "id": "aws_dynamodb_table.main", "operation": "update", "content": {"address": "aws_dynamodb_table.main", "type": "aws_dynamodb_table", "change": {"actions": ["update"], "after": {"deletion_protection_enabled": true}}}}) == set()

test_a_table_can_be_deleted if pointers({"type": "terraform/aws_dynamodb_table", "id": "aws_dynamodb_table.main", "operation": "update", "content": {"address": "aws_dynamodb_table.main", "type": "aws_dynamodb_table", "change": {"actions": ["update"], "after": {"deletion_protection_enabled": false}}}}) == {"/change/after/deletion_protection_enabled"}

test_each_is_judged if deletion_protection.applies == {0} with input.context.documents as [{"type": "terraform/aws_rds_cluster", "id": "aws_rds_cluster.main", "operation": "update", "content": {"address": "aws_rds_cluster.main", "type": "aws_rds_cluster", "change": {"actions": ["update"], "after": {"deletion_protection": true}}}}]
