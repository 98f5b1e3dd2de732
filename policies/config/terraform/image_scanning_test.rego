package config.terraform.image_scanning_test

import data.config.terraform.image_scanning

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in image_scanning.finding} with input.context.documents as [document]
}

test_images_are_scanned if pointers({"type": "terraform/aws_ecr_repository", "id": "aws_ecr_repository.main", "operation": "update", "content": {"address": "aws_ecr_repository.main", "type": "aws_ecr_repository", "change": {"actions": ["update"], "after": {"image_scanning_configuration": [{"scan_on_push": true}]}}}}) == set()

test_they_are_not if pointers({"type": "terraform/aws_ecr_repository", "id": "aws_ecr_repository.main", "operation": "update", "content": {"address": "aws_ecr_repository.main", "type": "aws_ecr_repository", "change": {"actions": ["update"], "after": {"image_scanning_configuration": [{"scan_on_push": false}]}}}}) == {"/change/after/image_scanning_configuration"}

test_each_is_judged if image_scanning.applies == {0} with input.context.documents as [{"type": "terraform/aws_ecr_repository", "id": "aws_ecr_repository.main", "operation": "update", "content": {"address": "aws_ecr_repository.main", "type": "aws_ecr_repository", "change": {"actions": ["update"], "after": {"image_scanning_configuration": [{"scan_on_push": true}]}}}}]
