package config.terraform.cache_encryption_test

import data.config.terraform.cache_encryption

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in cache_encryption.finding} with input.context.documents as [document]
}

test_a_cache_is_encrypted if pointers({"type": "terraform/aws_elasticache_replication_group", "id": "aws_elasticache_replication_group.main", "operation": "update", "content": {"address": "aws_elasticache_replication_group.main", "type": "aws_elasticache_replication_group", "change": {"actions": ["update"], "after": {"at_rest_encryption_enabled": true, "transit_encryption_enabled": true}}}}) == set()

test_on_the_way_it_is_not if pointers({"type": "terraform/aws_elasticache_replication_group", "id": "aws_elasticache_replication_group.main", "operation": "update", "content": {"address": "aws_elasticache_replication_group.main", "type": "aws_elasticache_replication_group", "change": {"actions": ["update"], "after": {"at_rest_encryption_enabled": true, "transit_encryption_enabled": false}}}}) == {"/change/after/transit_encryption_enabled"}

test_what_only_the_apply_will_show_is_not_complained_of if pointers({"type": "terraform/aws_elasticache_replication_group", "id": "aws_elasticache_replication_group.main", "operation": "update", "content": {"address": "aws_elasticache_replication_group.main", "type": "aws_elasticache_replication_group", "change": {"actions": ["update"], "after": {"at_rest_encryption_enabled": true}, "after_unknown": {"transit_encryption_enabled": true}}}}) == set()

test_each_is_judged if cache_encryption.applies == {0} with input.context.documents as [{"type": "terraform/aws_elasticache_replication_group", "id": "aws_elasticache_replication_group.main", "operation": "update", "content": {"address": "aws_elasticache_replication_group.main", "type": "aws_elasticache_replication_group", "change": {"actions": ["update"], "after": {"at_rest_encryption_enabled": true, "transit_encryption_enabled": true}}}}]
