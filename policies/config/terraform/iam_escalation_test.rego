package config.terraform.iam_escalation_test

import data.config.terraform.iam_escalation

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in iam_escalation.finding} with input.context.documents as [document]
}

test_a_policy_passes_one_role if pointers({"type": "terraform/aws_iam_policy", "id": "aws_iam_policy.main", "operation": "update", "content": {"address": "aws_iam_policy.main", "type": "aws_iam_policy", "change": {"actions": ["update"], "after": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\"iam:PassRole\"], \"Resource\": \"arn:aws:iam::111122223333:role/orders-task\"}]}"}}}}) == set()

test_a_policy_passes_any_role if pointers({"type": "terraform/aws_iam_policy", "id": "aws_iam_policy.main", "operation": "update", "content": {"address": "aws_iam_policy.main", "type": "aws_iam_policy", "change": {"actions": ["update"], "after": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\"iam:PassRole\", \"ecs:RunTask\"], \"Resource\": \"*\"}]}"}}}}) == {"/change/after/policy"}

test_a_condition_says_to_whom if pointers({"type": "terraform/aws_iam_policy", "id": "aws_iam_policy.main", "operation": "update", "content": {"address": "aws_iam_policy.main", "type": "aws_iam_policy", "change": {"actions": ["update"], "after": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"iam:PassRole\", \"Resource\": \"*\", \"Condition\": {\"StringEquals\": {\"iam:PassedToService\": \"ecs-tasks.amazonaws.com\"}}}]}"}}}}) == set()

test_reading_is_no_danger if pointers({"type": "terraform/aws_iam_policy", "id": "aws_iam_policy.main", "operation": "update", "content": {"address": "aws_iam_policy.main", "type": "aws_iam_policy", "change": {"actions": ["update"], "after": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\"iam:Get*\", \"iam:List*\"], \"Resource\": \"*\"}]}"}}}}) == set()

test_a_policy_puts_any_policy if pointers({"type": "terraform/aws_iam_policy", "id": "aws_iam_policy.main", "operation": "update", "content": {"address": "aws_iam_policy.main", "type": "aws_iam_policy", "change": {"actions": ["update"], "after": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"iam:Put*\", \"Resource\": \"*\"}]}"}}}}) == {"/change/after/policy"}

test_each_is_judged if iam_escalation.applies == {0} with input.context.documents as [{"type": "terraform/aws_iam_policy", "id": "aws_iam_policy.main", "operation": "update", "content": {"address": "aws_iam_policy.main", "type": "aws_iam_policy", "change": {"actions": ["update"], "after": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\"iam:PassRole\"], \"Resource\": \"arn:aws:iam::111122223333:role/orders-task\"}]}"}}}}]

test_statements_of_a_data_source_are_judged if iam_escalation.applies == {0} with input.context.documents as [{"type": "terraform/aws_iam_policy_document", "id": "data.aws_iam_policy_document.a", "operation": "none", "content": {"change": {"actions": ["read"], "after": {}}}}]

test_a_policy_allows_all_of_iam if pointers({"type": "terraform/aws_iam_policy", "id": "aws_iam_policy.main", "operation": "update", "content": {"change": {"actions": ["update"], "after": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"iam:*\", \"Resource\": \"*\"}]}"}}}}) == {"/change/after/policy"}
