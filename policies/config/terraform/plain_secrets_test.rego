package config.terraform.plain_secrets_test

import data.config.terraform.plain_secrets

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in plain_secrets.finding} with input.context.documents as [document]
}

test_a_function_is_told_where_the_secret_lies if pointers({"type": "terraform/aws_lambda_function", "id": "aws_lambda_function.main", "operation": "update", "content": {"address": "aws_lambda_function.main", "type": "aws_lambda_function", "change": {"actions": ["update"], "after": {"environment": [{"variables": {"DB_SECRET": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db"}}]}}}}) == set()

test_a_function_is_given_the_secret if pointers({"type": "terraform/aws_lambda_function", "id": "aws_lambda_function.main", "operation": "update", "content": {"address": "aws_lambda_function.main", "type": "aws_lambda_function", "change": {"actions": ["update"], "after": {"environment": [{"variables": {"DB_PASSWORD": "(masked)"}}]}}}}) == {"/change/after/environment/0/variables"}

test_a_container_refers_to_it if pointers({"type": "terraform/aws_ecs_task_definition", "id": "aws_ecs_task_definition.main", "operation": "update", "content": {"address": "aws_ecs_task_definition.main", "type": "aws_ecs_task_definition", "change": {"actions": ["update"], "after": {"container_definitions": "[{\"name\": \"web\", \"image\": \"shop/web:1\", \"secrets\": [{\"name\": \"DB_PASSWORD\", \"valueFrom\": \"arn:aws:ssm:a\"}], \"environment\": [{\"name\": \"PORT\", \"value\": \"80\"}]}]"}}}}) == set()

test_a_container_is_given_it if pointers({"type": "terraform/aws_ecs_task_definition", "id": "aws_ecs_task_definition.main", "operation": "update", "content": {"address": "aws_ecs_task_definition.main", "type": "aws_ecs_task_definition", "change": {"actions": ["update"], "after": {"container_definitions": "[{\"name\": \"web\", \"image\": \"shop/web:1\", \"environment\": [{\"name\": \"DB_PASSWORD\", \"value\": \"(masked)\"}]}]"}}}}) == {"/change/after/container_definitions"}

test_a_build_asks_the_store if pointers({"type": "terraform/aws_codebuild_project", "id": "aws_codebuild_project.main", "operation": "update", "content": {"address": "aws_codebuild_project.main", "type": "aws_codebuild_project", "change": {"actions": ["update"], "after": {"environment": [{"environment_variable": [{"name": "NPM_TOKEN", "type": "SECRETS_MANAGER", "value": "(masked)"}]}]}}}}) == set()

test_a_build_is_given_it if pointers({"type": "terraform/aws_codebuild_project", "id": "aws_codebuild_project.main", "operation": "update", "content": {"address": "aws_codebuild_project.main", "type": "aws_codebuild_project", "change": {"actions": ["update"], "after": {"environment": [{"environment_variable": [{"name": "NPM_TOKEN", "type": "PLAINTEXT", "value": "(masked)"}]}]}}}}) == {"/change/after/environment/0/environment_variable/0"}

test_a_script_asks_for_it if pointers({"type": "terraform/aws_instance", "id": "aws_instance.main", "operation": "update", "content": {"address": "aws_instance.main", "type": "aws_instance", "change": {"actions": ["update"], "after": {"user_data": "#!/bin/sh\necho hello\n"}}}}) == set()

test_a_script_has_it_in_itself if pointers({"type": "terraform/aws_instance", "id": "aws_instance.main", "operation": "update", "content": {"address": "aws_instance.main", "type": "aws_instance", "change": {"actions": ["update"], "after": {"user_data": "#!/bin/sh\nexport DB_PASSWORD=(masked)\n"}}}}) == {"/change/after/user_data"}

test_a_script_in_base64_has_it if pointers({"type": "terraform/aws_launch_template", "id": "aws_launch_template.main", "operation": "update", "content": {"address": "aws_launch_template.main", "type": "aws_launch_template", "change": {"actions": ["update"], "after": {"user_data": "REJfUEFTU1dPUkQ9KG1hc2tlZCkK"}}}}) == {"/change/after/user_data"}

test_a_parameter_is_encrypted if pointers({"type": "terraform/aws_ssm_parameter", "id": "aws_ssm_parameter.main", "operation": "update", "content": {"address": "aws_ssm_parameter.main", "type": "aws_ssm_parameter", "change": {"actions": ["update"], "after": {"name": "/shop/db_password", "type": "SecureString", "value": "(masked)"}}}}) == set()

test_a_parameter_is_plain_text if pointers({"type": "terraform/aws_ssm_parameter", "id": "aws_ssm_parameter.main", "operation": "update", "content": {"address": "aws_ssm_parameter.main", "type": "aws_ssm_parameter", "change": {"actions": ["update"], "after": {"name": "/shop/db_password", "type": "String", "value": "(masked)"}}}}) == {"/change/after/value"}

test_each_is_judged if plain_secrets.applies == {0} with input.context.documents as [{"type": "terraform/aws_lambda_function", "id": "aws_lambda_function.main", "operation": "update", "content": {"address": "aws_lambda_function.main", "type": "aws_lambda_function", "change": {"actions": ["update"], "after": {"environment": [{"variables": {"DB_SECRET": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db"}}]}}}}]
