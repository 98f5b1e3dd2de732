package config.terraform.table_recovery_test

import data.config.terraform.table_recovery

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in table_recovery.finding} with input.context.documents as [document]
}

test_a_table_can_be_set_back if pointers({"type": "terraform/aws_dynamodb_table", "id": "aws_dynamodb_table.main", "operation": "update", "content": {"address": "aws_dynamodb_table.main", "type": "aws_dynamodb_table", "change": {"actions": ["update"], "after": {"point_in_time_recovery": [{"enabled": true}]}}}}) == set()

test_a_table_cannot if pointers({"type": "terraform/aws_dynamodb_table", "id": "aws_dynamodb_table.main", "operation": "update", "content": {"address": "aws_dynamodb_table.main", "type": "aws_dynamodb_table", "change": {"actions": ["update"], "after": {"point_in_time_recovery": []}}}}) == {"/change/after/point_in_time_recovery"}

test_a_new_table_has_a_block_of_which_the_apply_will_show_the_switch if pointers({"type": "terraform/aws_dynamodb_table", "id": "aws_dynamodb_table.main", "operation": "create", "content": {"address": "aws_dynamodb_table.main", "type": "aws_dynamodb_table", "change": {"actions": ["create"], "after": {"name": "orders", "point_in_time_recovery": [{}]}, "after_unknown": {"point_in_time_recovery": [{"enabled": true}]}}}}) == set()

test_a_new_table_has_no_block if pointers({"type": "terraform/aws_dynamodb_table", "id": "aws_dynamodb_table.main", "operation": "create", "content": {"address": "aws_dynamodb_table.main", "type": "aws_dynamodb_table", "change": {"actions": ["create"], "after": {"name": "orders"}, "after_unknown": {"point_in_time_recovery": true}}}}) == {"/change/after/point_in_time_recovery"}

test_each_is_judged if table_recovery.applies == {0} with input.context.documents as [{"type": "terraform/aws_dynamodb_table", "id": "aws_dynamodb_table.main", "operation": "update", "content": {"address": "aws_dynamodb_table.main", "type": "aws_dynamodb_table", "change": {"actions": ["update"], "after": {"point_in_time_recovery": [{"enabled": true}]}}}}]
