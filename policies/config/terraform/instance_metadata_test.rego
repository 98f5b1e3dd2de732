package config.terraform.instance_metadata_test

import data.config.terraform.instance_metadata

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in instance_metadata.finding} with input.context.documents as [document]
}

test_a_token_is_asked_for if pointers({"type": "terraform/aws_launch_template", "id": "aws_launch_template.main", "operation": "update", "content": {"address": "aws_launch_template.main", "type": "aws_launch_template", "change": {"actions": ["update"], "after": {"metadata_options": [{"http_tokens": "required"}]}}}}) == set()

test_none_is if pointers({"type": "terraform/aws_launch_template", "id": "aws_launch_template.main", "operation": "update", "content": {"address": "aws_launch_template.main", "type": "aws_launch_template", "change": {"actions": ["update"], "after": {"metadata_options": [{"http_tokens": "optional"}]}}}}) == {"/change/after/metadata_options"}

test_what_only_the_apply_will_show_is_not_complained_of if pointers({"type": "terraform/aws_launch_template", "id": "aws_launch_template.main", "operation": "update", "content": {"address": "aws_launch_template.main", "type": "aws_launch_template", "change": {"actions": ["update"], "after": {}, "after_unknown": {"metadata_options": true}}}}) == set()

test_without_the_service_there_is_nothing_to_ask if pointers({"type": "terraform/aws_launch_template", "id": "aws_launch_template.main", "operation": "update", "content": {"address": "aws_launch_template.main", "type": "aws_launch_template", "change": {"actions": ["update"], "after": {"metadata_options": [{"http_tokens": "optional", "http_endpoint": "disabled"}]}}}}) == set()

test_each_is_judged if instance_metadata.applies == {0} with input.context.documents as [{"type": "terraform/aws_launch_template", "id": "aws_launch_template.main", "operation": "update", "content": {"address": "aws_launch_template.main", "type": "aws_launch_template", "change": {"actions": ["update"], "after": {"metadata_options": [{"http_tokens": "required"}]}}}}]
