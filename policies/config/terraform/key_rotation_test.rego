package config.terraform.key_rotation_test

import data.config.terraform.key_rotation

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in key_rotation.finding} with input.context.documents as [document]
}

test_a_key_is_rotated if pointers({"type": "terraform/aws_kms_key", "id": "aws_kms_key.main", "operation": "update", "content": {"address": "aws_kms_key.main", "type": "aws_kms_key", "change": {"actions": ["update"], "after": {"enable_key_rotation": true}}}}) == set()

test_a_key_is_not if pointers({"type": "terraform/aws_kms_key", "id": "aws_kms_key.main", "operation": "update", "content": {"address": "aws_kms_key.main", "type": "aws_kms_key", "change": {"actions": ["update"], "after": {"enable_key_rotation": false}}}}) == {"/change/after/enable_key_rotation"}

test_what_only_the_apply_will_show_is_not_complained_of if pointers({"type": "terraform/aws_kms_key", "id": "aws_kms_key.main", "operation": "update", "content": {"address": "aws_kms_key.main", "type": "aws_kms_key", "change": {"actions": ["update"], "after": {}, "after_unknown": {"enable_key_rotation": true}}}}) == set()

test_a_key_for_signatures_cannot_be if pointers({"type": "terraform/aws_kms_key", "id": "aws_kms_key.main", "operation": "update", "content": {"address": "aws_kms_key.main", "type": "aws_kms_key", "change": {"actions": ["update"], "after": {"enable_key_rotation": false, "customer_master_key_spec": "ECC_NIST_P256"}}}}) == set()

test_each_is_judged if key_rotation.applies == {0} with input.context.documents as [{"type": "terraform/aws_kms_key", "id": "aws_kms_key.main", "operation": "update", "content": {"address": "aws_kms_key.main", "type": "aws_kms_key", "change": {"actions": ["update"], "after": {"enable_key_rotation": true}}}}]
