package config.terraform.function_runtime_test

import data.config.terraform.function_runtime

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in function_runtime.finding} with input.context.documents as [document]
}

test_a_function_runs_on_a_current_version if pointers({"type": "terraform/aws_lambda_function", "id": "aws_lambda_function.main", "operation": "update", "content": {"address": "aws_lambda_function.main", "type": "aws_lambda_function", "change": {"actions": ["update"], "after": {"runtime": "nodejs24.x"}}}}) == set()

test_a_function_runs_on_an_old_one if pointers({"type": "terraform/aws_lambda_function", "id": "aws_lambda_function.main", "operation": "update", "content": {"address": "aws_lambda_function.main", "type": "aws_lambda_function", "change": {"actions": ["update"], "after": {"runtime": "nodejs16.x"}}}}) == {"/change/after/runtime"}

test_a_function_brings_its_own_image if pointers({"type": "terraform/aws_lambda_function", "id": "aws_lambda_function.main", "operation": "update", "content": {"address": "aws_lambda_function.main", "type": "aws_lambda_function", "change": {"actions": ["update"], "after": {"runtime": null}}}}) == set()

test_each_is_judged if function_runtime.applies == {0} with input.context.documents as [{"type": "terraform/aws_lambda_function", "id": "aws_lambda_function.main", "operation": "update", "content": {"address": "aws_lambda_function.main", "type": "aws_lambda_function", "change": {"actions": ["update"], "after": {"runtime": "nodejs24.x"}}}}]
