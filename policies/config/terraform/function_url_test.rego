package config.terraform.function_url_test

import data.config.terraform.function_url

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in function_url.finding} with input.context.documents as [document]
}

test_a_function_asks_who_calls if pointers({"type": "terraform/aws_lambda_function_url", "id": "aws_lambda_function_url.main", "operation": "update", "content": {"address": "aws_lambda_function_url.main", "type": "aws_lambda_function_url", "change": {"actions": ["update"], "after": {"authorization_type": "AWS_IAM"}}}}) == set()

test_a_function_answers_everybody if pointers({"type": "terraform/aws_lambda_function_url", "id": "aws_lambda_function_url.main", "operation": "update", "content": {"address": "aws_lambda_function_url.main", "type": "aws_lambda_function_url", "change": {"actions": ["update"], "after": {"authorization_type": "NONE"}}}}) == {"/change/after/authorization_type"}

test_each_is_judged if function_url.applies == {0} with input.context.documents as [{"type": "terraform/aws_lambda_function_url", "id": "aws_lambda_function_url.main", "operation": "update", "content": {"address": "aws_lambda_function_url.main", "type": "aws_lambda_function_url", "change": {"actions": ["update"], "after": {"authorization_type": "AWS_IAM"}}}}]
