package config.terraform.table_recovery_test

import data.config.terraform.table_recovery

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in table_recovery.finding} with input.context.documents as [document]
}

test_a_table_can_be_set_back if pointers({"type": "terraform/aws_dynamodb_table", "id": "aws_dynamodb_table.main", "operation": "update", "content": {"address": "aws_dynamodb_table.main", "type": "aws_dynamodb_table", "change": {"actions": ["update"], "after": {"point_in_time_recovery": [{"enabled": true}]}}}}) == set()

test_a_table_cannot if pointers({"type": "terraform/aws_dynamodb_table", "id": "aws_dynamodb_table.main", "operation": "update", "content": {"address": "aws_dynamodb_table.main", "type": "aws_dynamodb_table", "change": {"actions": ["update"], "after": {"point_in_time_recovery": []}}}}) == {"/change/after/point_in_time_recovery"}

test_what_only_the_apply_will_show_is_not_complained_of if pointers({"type": "terraform/aws_dynamodb_table", "id": "aws_dynamodb_table.main", "operation": "update", "content": {"address": "aws_dynamodb_table.main", "type": "aws_dynamodb_table", "change": {"actions": ["update"], "after": {}, "after_unknown": {"point_in_time_recovery": true}}}}) == set()

test_each_is_judged if table_recovery.applies == {0} with input.context.documents as [{"type": "terraform/aws_dynamodb_table", "id": "aws_dynamodb_table.main", "operation": "update", "content": {"address": "aws_dynamodb_table.main", "type": "aws_dynamodb_table", "change": {"actions": ["update"], "after": {"point_in_time_recovery": [{"enabled": true}]}}}}]
