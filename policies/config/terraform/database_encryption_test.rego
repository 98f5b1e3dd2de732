package config.terraform.database_encryption_test

import data.config.terraform.database_encryption

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in database_encryption.finding} with input.context.documents as [document]
}

test_a_database_is_encrypted if pointers({"type": "terraform/aws_db_instance", "id": "aws_db_instance.main", "operation": "update", "content": {"address": "aws_db_instance.main", "type": "aws_db_instance", "change": {"actions": ["update"], "after": {"storage_encrypted": true, "replicate_source_db": null}}}}) == set()

test_a_database_is_not if pointers({"type": "terraform/aws_db_instance", "id": "aws_db_instance.main", "operation": "update", "content": {"address": "aws_db_instance.main", "type": "aws_db_instance", "change": {"actions": ["update"], "after": {"storage_encrypted": false, "replicate_source_db": null}}}}) == {"/change/after/storage_encrypted"}

test_a_replica_takes_after_its_source if pointers({"type": "terraform/aws_db_instance", "id": "aws_db_instance.main", "operation": "update", "content": {"address": "aws_db_instance.main", "type": "aws_db_instance", "change": {"actions": ["update"], "after": {"storage_encrypted": false, "replicate_source_db": "arn:aws:rds:eu-central-1:111122223333:db:orders"}}}}) == set()

test_also_where_the_source_is_yet_to_be_made if pointers({"type": "terraform/aws_db_instance", "id": "aws_db_instance.main", "operation": "update", "content": {"address": "aws_db_instance.main", "type": "aws_db_instance", "change": {"actions": ["update"], "after": {"storage_encrypted": false}, "after_unknown": {"replicate_source_db": true}}}}) == set()

test_a_warehouse_is_encrypted if pointers({"type": "terraform/aws_redshift_cluster", "id": "aws_redshift_cluster.main", "operation": "update", "content": {"address": "aws_redshift_cluster.main", "type": "aws_redshift_cluster", "change": {"actions": ["update"], "after": {"encrypted": true}}}}) == set()

test_a_warehouse_is_not if pointers({"type": "terraform/aws_redshift_cluster", "id": "aws_redshift_cluster.main", "operation": "update", "content": {"address": "aws_redshift_cluster.main", "type": "aws_redshift_cluster", "change": {"actions": ["update"], "after": {"encrypted": false}}}}) == {"/change/after/encrypted"}

test_a_new_instance_whose_snapshot_aws_will_name_is_encrypted if pointers({"type": "terraform/aws_db_instance", "id": "aws_db_instance.main", "operation": "create", "content": {"address": "aws_db_instance.main", "type": "aws_db_instance", "change": {"actions": ["create"], "after": {"storage_encrypted": true, "replicate_source_db": null}, "after_unknown": {"snapshot_identifier": true}}}}) == set()

test_a_new_instance_whose_snapshot_aws_will_name_is_not if pointers({"type": "terraform/aws_db_instance", "id": "aws_db_instance.main", "operation": "create", "content": {"address": "aws_db_instance.main", "type": "aws_db_instance", "change": {"actions": ["create"], "after": {"storage_encrypted": null, "replicate_source_db": null}, "after_unknown": {"snapshot_identifier": true}}}}) == {"/change/after/storage_encrypted"}

test_it_takes_after_the_snapshot_that_it_names if pointers({"type": "terraform/aws_db_instance", "id": "aws_db_instance.main", "operation": "create", "content": {"address": "aws_db_instance.main", "type": "aws_db_instance", "change": {"actions": ["create"], "after": {"storage_encrypted": null, "replicate_source_db": null, "snapshot_identifier": "orders-2026-11-01"}, "after_unknown": {"snapshot_identifier": true}}}}) == set()

test_it_takes_after_a_source_that_is_not_there_yet if pointers({"type": "terraform/aws_db_instance", "id": "aws_db_instance.main", "operation": "create", "content": {"address": "aws_db_instance.main", "type": "aws_db_instance", "change": {"actions": ["create"], "after": {"storage_encrypted": null}, "after_unknown": {"snapshot_identifier": true, "replicate_source_db": true}}}}) == set()

test_each_is_judged if database_encryption.applies == {0} with input.context.documents as [{"type": "terraform/aws_db_instance", "id": "aws_db_instance.main", "operation": "update", "content": {"address": "aws_db_instance.main", "type": "aws_db_instance", "change": {"actions": ["update"], "after": {"storage_encrypted": true, "replicate_source_db": null}}}}]
