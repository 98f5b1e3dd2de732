package config.terraform.privileged_tasks_test

import data.config.terraform.privileged_tasks

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in privileged_tasks.finding} with input.context.documents as [document]
}

test_a_task_has_the_rights_of_a_container if pointers({"type": "terraform/aws_ecs_task_definition", "id": "aws_ecs_task_definition.main", "operation": "update", "content": {"address": "aws_ecs_task_definition.main", "type": "aws_ecs_task_definition", "change": {"actions": ["update"], "after": {"container_definitions": "[{\"name\": \"web\", \"image\": \"shop/web:1\", \"environment\": []}]"}}}}) == set()

test_a_task_has_those_of_its_host if pointers({"type": "terraform/aws_ecs_task_definition", "id": "aws_ecs_task_definition.main", "operation": "update", "content": {"address": "aws_ecs_task_definition.main", "type": "aws_ecs_task_definition", "change": {"actions": ["update"], "after": {"container_definitions": "[{\"name\": \"web\", \"image\": \"shop/web:1\", \"privileged\": true, \"environment\": []}]"}}}}) == {"/change/after/container_definitions"}

test_what_runs_is_known_after_the_apply_only if pointers({"type": "terraform/aws_ecs_task_definition", "id": "aws_ecs_task_definition.main", "operation": "update", "content": {"address": "aws_ecs_task_definition.main", "type": "aws_ecs_task_definition", "change": {"actions": ["update"], "after": {}, "after_unknown": {"container_definitions": true}}}}) == set()

test_each_is_judged if privileged_tasks.applies == {0} with input.context.documents as [{"type": "terraform/aws_ecs_task_definition", "id": "aws_ecs_task_definition.main", "operation": "update", "content": {"address": "aws_ecs_task_definition.main", "type": "aws_ecs_task_definition", "change": {"actions": ["update"], "after": {"container_definitions": "[{\"name\": \"web\", \"image\": \"shop/web:1\", \"environment\": []}]"}}}}]
