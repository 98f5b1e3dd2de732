package config.terraform.database_backups_test

import data.config.terraform.database_backups

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in database_backups.finding} with input.context.documents as [document]
}

test_backups_are_kept_for_a_week if pointers({"type": "terraform/aws_db_instance", "id": "aws_db_instance.main", "operation": "update", "content": {"address": "aws_db_instance.main", "type": "aws_db_instance", "change": {"actions": ["update"], "after": {"backup_retention_period": 7}}}}) == set()

test_there_are_none if pointers({"type": "terraform/aws_db_instance", "id": "aws_db_instance.main", "operation": "update", "content": {"address": "aws_db_instance.main", "type": "aws_db_instance", "change": {"actions": ["update"], "after": {"backup_retention_period": 0}}}}) == {"/change/after/backup_retention_period"}

test_a_replica_needs_none if pointers({"type": "terraform/aws_db_instance", "id": "aws_db_instance.main", "operation": "update", "content": {"address": "aws_db_instance.main", "type": "aws_db_instance", "change": {"actions": ["update"], "after": {"backup_retention_period": 0, "replicate_source_db": "orders"}}}}) == set()

test_how_long_is_not_known_yet if pointers({"type": "terraform/aws_db_instance", "id": "aws_db_instance.main", "operation": "update", "content": {"address": "aws_db_instance.main", "type": "aws_db_instance", "change": {"actions": ["update"], "after": {}, "after_unknown": {"backup_retention_period": true}}}}) == set()

test_each_is_judged if database_backups.applies == {0} with input.context.documents as [{"type": "terraform/aws_db_instance", "id": "aws_db_instance.main", "operation": "update", "content": {"address": "aws_db_instance.main", "type": "aws_db_instance", "change": {"actions": ["update"], "after": {"backup_retention_period": 7}}}}]
