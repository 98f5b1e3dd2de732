package config.terraform.function_permission_test

import data.config.terraform.function_permission

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in function_permission.finding} with input.context.documents as [document]
}

test_one_topic_may_call_the_function if pointers({"type": "terraform/aws_lambda_permission", "id": "aws_lambda_permission.main", "operation": "create", "content": {"address": "aws_lambda_permission.main", "type": "aws_lambda_permission", "change": {"actions": ["create"], "after": {"principal": "sns.amazonaws.com", "source_arn": "arn:aws:sns:eu-west-1:111122223333:orders", "source_account": null, "principal_org_id": null, "event_source_token": null}}}}) == set()

test_every_topic_may_call_it if pointers({"type": "terraform/aws_lambda_permission", "id": "aws_lambda_permission.main", "operation": "create", "content": {"address": "aws_lambda_permission.main", "type": "aws_lambda_permission", "change": {"actions": ["create"], "after": {"principal": "sns.amazonaws.com", "source_arn": null, "source_account": null, "principal_org_id": null, "event_source_token": null}}}}) == {"/change/after/source_arn"}

test_the_topic_is_not_there_yet if pointers({"type": "terraform/aws_lambda_permission", "id": "aws_lambda_permission.main", "operation": "create", "content": {"address": "aws_lambda_permission.main", "type": "aws_lambda_permission", "change": {"actions": ["create"], "after": {"principal": "sns.amazonaws.com", "source_arn": null, "source_account": null, "principal_org_id": null, "event_source_token": null}, "after_unknown": {"source_arn": true}}}}) == set()

test_a_role_may_call_it if pointers({"type": "terraform/aws_lambda_permission", "id": "aws_lambda_permission.main", "operation": "create", "content": {"address": "aws_lambda_permission.main", "type": "aws_lambda_permission", "change": {"actions": ["create"], "after": {"principal": "arn:aws:iam::111122223333:role/orders", "source_arn": null, "source_account": null, "principal_org_id": null, "event_source_token": null}}}}) == set()

test_each_is_judged if function_permission.applies == {0} with input.context.documents as [{"type": "terraform/aws_lambda_permission", "id": "aws_lambda_permission.main", "operation": "create", "content": {"address": "aws_lambda_permission.main", "type": "aws_lambda_permission", "change": {"actions": ["create"], "after": {"principal": "sns.amazonaws.com", "source_arn": "arn:aws:sns:eu-west-1:111122223333:orders", "source_account": null, "principal_org_id": null, "event_source_token": null}}}}]
