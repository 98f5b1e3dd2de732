package config.terraform.volume_encryption_test

import data.config.terraform.volume_encryption

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in volume_encryption.finding} with input.context.documents as [document]
}

test_a_volume_is_encrypted if pointers({"type": "terraform/aws_ebs_volume", "id": "aws_ebs_volume.main", "operation": "update", "content": {"address": "aws_ebs_volume.main", "type": "aws_ebs_volume", "change": {"actions": ["update"], "after": {"encrypted": true}}}}) == set()

test_a_volume_is_not if pointers({"type": "terraform/aws_ebs_volume", "id": "aws_ebs_volume.main", "operation": "update", "content": {"address": "aws_ebs_volume.main", "type": "aws_ebs_volume", "change": {"actions": ["update"], "after": {"encrypted": false}}}}) == {"/change/after/encrypted"}

test_the_account_decides if pointers({"type": "terraform/aws_ebs_volume", "id": "aws_ebs_volume.main", "operation": "update", "content": {"address": "aws_ebs_volume.main", "type": "aws_ebs_volume", "change": {"actions": ["update"], "after": {}, "after_unknown": {"encrypted": true}}}}) == set()

test_a_machine_has_an_encrypted_disk if pointers({"type": "terraform/aws_instance", "id": "aws_instance.main", "operation": "update", "content": {"address": "aws_instance.main", "type": "aws_instance", "change": {"actions": ["update"], "after": {"root_block_device": [{"encrypted": true}]}}}}) == set()

test_a_machine_has_a_plain_one if pointers({"type": "terraform/aws_instance", "id": "aws_instance.main", "operation": "update", "content": {"address": "aws_instance.main", "type": "aws_instance", "change": {"actions": ["update"], "after": {"root_block_device": [{"encrypted": false}]}}}}) == {"/change/after/root_block_device/0/encrypted"}

test_each_is_judged if volume_encryption.applies == {0} with input.context.documents as [{"type": "terraform/aws_ebs_volume", "id": "aws_ebs_volume.main", "operation": "update", "content": {"address": "aws_ebs_volume.main", "type": "aws_ebs_volume", "change": {"actions": ["update"], "after": {"encrypted": true}}}}]

test_a_new_file_system_leaves_it_to_aws if pointers({"type": "terraform/aws_efs_file_system", "id": "aws_efs_file_system.main", "operation": "create", "content": {"address": "aws_efs_file_system.main", "type": "aws_efs_file_system", "change": {"actions": ["create"], "after": {}, "after_unknown": {"encrypted": true}}}}) == {"/change/after/encrypted"}
