package config.terraform.data_loss_test

import data.config.terraform.data_loss

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in data_loss.finding} with input.context.documents as [document]
}

test_a_database_is_changed_in_place if pointers({"type": "terraform/aws_db_instance", "id": "aws_db_instance.main", "operation": "update", "content": {"address": "aws_db_instance.main", "type": "aws_db_instance", "change": {"actions": ["update"], "before": {"identifier": "orders"}, "after": {"identifier": "orders"}}}}) == set()

test_a_database_is_replaced if pointers({"type": "terraform/aws_db_instance", "id": "aws_db_instance.main", "operation": "update", "content": {"address": "aws_db_instance.main", "type": "aws_db_instance", "change": {"actions": ["delete", "create"], "before": {"identifier": "orders"}, "after": {"identifier": "orders"}}}}) == {"/change/actions"}

test_a_database_is_deleted if pointers({"type": "terraform/aws_db_instance", "id": "aws_db_instance.main", "operation": "delete", "content": {"address": "aws_db_instance.main", "type": "aws_db_instance", "change": {"actions": ["delete"], "before": {"identifier": "orders"}, "after": {"identifier": "orders"}}}}) == {"/change/actions"}

test_it_is_deleted_by_what_the_operation_alone_says if pointers({"type": "terraform/aws_db_instance", "id": "aws_db_instance.main", "operation": "delete", "content": {"address": "aws_db_instance.main", "type": "aws_db_instance", "change": {"actions": ["update"], "before": {"identifier": "orders"}, "after": {"identifier": "orders"}}}}) == {"/change/actions"}

test_an_empty_bucket_may_go if pointers({"type": "terraform/aws_s3_bucket", "id": "aws_s3_bucket.main", "operation": "delete", "content": {"address": "aws_s3_bucket.main", "type": "aws_s3_bucket", "change": {"actions": ["delete"], "before": {"force_destroy": false}, "after": null}}}) == set()

test_a_full_one_may_not if pointers({"type": "terraform/aws_s3_bucket", "id": "aws_s3_bucket.main", "operation": "delete", "content": {"address": "aws_s3_bucket.main", "type": "aws_s3_bucket", "change": {"actions": ["delete"], "before": {"force_destroy": true}, "after": null}}}) == {"/change/actions"}

test_each_is_judged if data_loss.applies == {0} with input.context.documents as [{"type": "terraform/aws_db_instance", "id": "aws_db_instance.main", "operation": "update", "content": {"address": "aws_db_instance.main", "type": "aws_db_instance", "change": {"actions": ["update"], "before": {"identifier": "orders"}, "after": {"identifier": "orders"}}}}]

messages(change) := found if {
	found := {finding.message | some finding in data_loss.finding} with input.context.documents as [{"type": "terraform/aws_db_instance", "id": "a", "operation": "create", "content": {"change": change}}]
}

test_what_forces_it_is_told if messages({"actions": ["create", "delete"], "before": {}, "replace_paths": [["subnet", 0], ["identifier"]]}) == {"a, a database, will be replaced, since identifier, subnet cannot be changed in place, and what it holds is lost."}

test_a_last_snapshot_is_told if messages({"actions": ["delete"], "before": {"skip_final_snapshot": false}}) == {"a, a database, will be deleted, and what it holds stays in its last snapshot only."}

reasons(reason) := found if {
	found := {finding.message | some finding in data_loss.finding} with input.context.documents as [{"type": "terraform/aws_db_instance", "id": "a", "operation": "create", "content": {"action_reason": reason, "change": {"actions": ["delete", "create"], "before": {}}}}]
}

test_why_it_is_replaced_is_told if {
	reasons("replace_by_request") == {"a, a database, will be replaced, since the plan was made with -replace, and what it holds is lost."}
	reasons("replace_because_tainted") == {"a, a database, will be replaced, since it is tainted, and what it holds is lost."}
}
