package config.terraform.queue_encryption_test

import data.config.terraform.queue_encryption

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in queue_encryption.finding} with input.context.documents as [document]
}

test_a_queue_is_encrypted if pointers({"type": "terraform/aws_sqs_queue", "id": "aws_sqs_queue.main", "operation": "update", "content": {"address": "aws_sqs_queue.main", "type": "aws_sqs_queue", "change": {"actions": ["update"], "after": {"sqs_managed_sse_enabled": true}}}}) == set()

test_a_queue_is_not if pointers({"type": "terraform/aws_sqs_queue", "id": "aws_sqs_queue.main", "operation": "update", "content": {"address": "aws_sqs_queue.main", "type": "aws_sqs_queue", "change": {"actions": ["update"], "after": {"sqs_managed_sse_enabled": false}}}}) == {"/change/after/sqs_managed_sse_enabled"}

test_what_only_the_apply_will_show_is_not_complained_of if pointers({"type": "terraform/aws_sqs_queue", "id": "aws_sqs_queue.main", "operation": "update", "content": {"address": "aws_sqs_queue.main", "type": "aws_sqs_queue", "change": {"actions": ["update"], "after": {}, "after_unknown": {"sqs_managed_sse_enabled": true}}}}) == set()

test_a_key_of_its_own_is_as_good if pointers({"type": "terraform/aws_sqs_queue", "id": "aws_sqs_queue.main", "operation": "update", "content": {"address": "aws_sqs_queue.main", "type": "aws_sqs_queue", "change": {"actions": ["update"], "after": {"sqs_managed_sse_enabled": false, "kms_master_key_id": "alias/orders"}}}}) == set()

test_each_is_judged if queue_encryption.applies == {0} with input.context.documents as [{"type": "terraform/aws_sqs_queue", "id": "aws_sqs_queue.main", "operation": "update", "content": {"address": "aws_sqs_queue.main", "type": "aws_sqs_queue", "change": {"actions": ["update"], "after": {"sqs_managed_sse_enabled": true}}}}]
