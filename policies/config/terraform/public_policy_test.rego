package config.terraform.public_policy_test

import data.config.terraform.public_policy

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in public_policy.finding} with input.context.documents as [document]
}

test_a_queue_is_for_one_role if pointers({"type": "terraform/aws_sqs_queue_policy", "id": "aws_sqs_queue_policy.main", "operation": "update", "content": {"address": "aws_sqs_queue_policy.main", "type": "aws_sqs_queue_policy", "change": {"actions": ["update"], "after": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"arn:aws:iam::111122223333:role/orders\"}, \"Action\": \"sqs:SendMessage\", \"Resource\": \"*\"}]}"}}}}) == set()

test_a_queue_is_for_everybody if pointers({"type": "terraform/aws_sqs_queue_policy", "id": "aws_sqs_queue_policy.main", "operation": "update", "content": {"address": "aws_sqs_queue_policy.main", "type": "aws_sqs_queue_policy", "change": {"actions": ["update"], "after": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"sqs:SendMessage\", \"Resource\": \"*\"}]}"}}}}) == {"/change/after/policy"}

test_a_queue_is_for_all_that_a_condition_names if pointers({"type": "terraform/aws_sqs_queue_policy", "id": "aws_sqs_queue_policy.main", "operation": "update", "content": {"address": "aws_sqs_queue_policy.main", "type": "aws_sqs_queue_policy", "change": {"actions": ["update"], "after": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"sqs:SendMessage\", \"Resource\": \"*\", \"Condition\": {\"ArnEquals\": {\"aws:SourceArn\": \"arn:aws:sns:eu-central-1:111122223333:orders\"}}}]}"}}}}) == set()

test_nobody_may_use_it_unencrypted if pointers({"type": "terraform/aws_sqs_queue_policy", "id": "aws_sqs_queue_policy.main", "operation": "update", "content": {"address": "aws_sqs_queue_policy.main", "type": "aws_sqs_queue_policy", "change": {"actions": ["update"], "after": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"sqs:*\", \"Resource\": \"*\"}]}"}}}}) == set()

test_a_role_trusts_a_service if pointers({"type": "terraform/aws_iam_role", "id": "aws_iam_role.main", "operation": "update", "content": {"address": "aws_iam_role.main", "type": "aws_iam_role", "change": {"actions": ["update"], "after": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"lambda.amazonaws.com\"}, \"Action\": \"sts:AssumeRole\"}]}"}}}}) == set()

test_a_role_trusts_everybody if pointers({"type": "terraform/aws_iam_role", "id": "aws_iam_role.main", "operation": "update", "content": {"address": "aws_iam_role.main", "type": "aws_iam_role", "change": {"actions": ["update"], "after": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"*\"}, \"Action\": \"sts:AssumeRole\"}]}"}}}}) == {"/change/after/assume_role_policy"}

test_each_is_judged if public_policy.applies == {0} with input.context.documents as [{"type": "terraform/aws_sqs_queue_policy", "id": "aws_sqs_queue_policy.main", "operation": "update", "content": {"address": "aws_sqs_queue_policy.main", "type": "aws_sqs_queue_policy", "change": {"actions": ["update"], "after": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"arn:aws:iam::111122223333:role/orders\"}, \"Action\": \"sqs:SendMessage\", \"Resource\": \"*\"}]}"}}}}]
