package config.terraform.image_tags_test

import data.config.terraform.image_tags

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in image_tags.finding} with input.context.documents as [document]
}

test_tags_stay if pointers({"type": "terraform/aws_ecr_repository", "id": "aws_ecr_repository.main", "operation": "update", "content": {"address": "aws_ecr_repository.main", "type": "aws_ecr_repository", "change": {"actions": ["update"], "after": {"image_tag_mutability": "IMMUTABLE"}}}}) == set()

test_tags_move if pointers({"type": "terraform/aws_ecr_repository", "id": "aws_ecr_repository.main", "operation": "update", "content": {"address": "aws_ecr_repository.main", "type": "aws_ecr_repository", "change": {"actions": ["update"], "after": {"image_tag_mutability": "MUTABLE"}}}}) == {"/change/after/image_tag_mutability"}

test_each_is_judged if image_tags.applies == {0} with input.context.documents as [{"type": "terraform/aws_ecr_repository", "id": "aws_ecr_repository.main", "operation": "update", "content": {"address": "aws_ecr_repository.main", "type": "aws_ecr_repository", "change": {"actions": ["update"], "after": {"image_tag_mutability": "IMMUTABLE"}}}}]
