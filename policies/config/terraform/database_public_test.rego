package config.terraform.database_public_test

import data.config.terraform.database_public

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in database_public.finding} with input.context.documents as [document]
}

test_a_database_stays_inside if pointers({"type": "terraform/aws_db_instance", "id": "aws_db_instance.main", "operation": "update", "content": {"address": "aws_db_instance.main", "type": "aws_db_instance", "change": {"actions": ["update"], "after": {"publicly_accessible": false}}}}) == set()

test_a_database_gets_a_public_address if pointers({"type": "terraform/aws_db_instance", "id": "aws_db_instance.main", "operation": "update", "content": {"address": "aws_db_instance.main", "type": "aws_db_instance", "change": {"actions": ["update"], "after": {"publicly_accessible": true}}}}) == {"/change/after/publicly_accessible"}

test_a_broker_has_no_public_address if pointers({"type": "terraform/aws_mq_broker", "id": "aws_mq_broker.main", "operation": "update", "content": {"address": "aws_mq_broker.main", "type": "aws_mq_broker", "change": {"actions": ["update"], "after": {"publicly_accessible": false}}}}) == set()

test_a_broker_has_one if pointers({"type": "terraform/aws_mq_broker", "id": "aws_mq_broker.main", "operation": "update", "content": {"address": "aws_mq_broker.main", "type": "aws_mq_broker", "change": {"actions": ["update"], "after": {"publicly_accessible": true}}}}) == {"/change/after/publicly_accessible"}

test_each_is_judged if database_public.applies == {0} with input.context.documents as [{"type": "terraform/aws_db_instance", "id": "aws_db_instance.main", "operation": "update", "content": {"address": "aws_db_instance.main", "type": "aws_db_instance", "change": {"actions": ["update"], "after": {"publicly_accessible": false}}}}]
