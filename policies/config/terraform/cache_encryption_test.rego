package config.terraform.cache_encryption_test

import data.config.terraform.cache_encryption

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in cache_encryption.finding} with input.context.documents as [document]
}

test_a_cache_is_encrypted if pointers({"type": "terraform/aws_elasticache_replication_group", "id": "aws_elasticache_replication_group.main", "operation": "update", "content": {"address": "aws_elasticache_replication_group.main", "type": "aws_elasticache_replication_group", "change": {"actions": ["update"], "after": {"at_rest_encryption_enabled": true, "transit_encryption_enabled": true}}}}) == set()

test_on_the_way_it_is_not if pointers({"type": "terraform/aws_elasticache_replication_group", "id": "aws_elasticache_replication_group.main", "operation": "update", "content": {"address": "aws_elasticache_replication_group.main", "type": "aws_elasticache_replication_group", "change": {"actions": ["update"], "after": {"at_rest_encryption_enabled": true, "transit_encryption_enabled": false}}}}) == {"/change/after/transit_encryption_enabled"}

test_what_only_the_apply_will_show_is_not_complained_of if pointers({"type": "terraform/aws_elasticache_replication_group", "id": "aws_elasticache_replication_group.main", "operation": "update", "content": {"address": "aws_elasticache_replication_group.main", "type": "aws_elasticache_replication_group", "change": {"actions": ["update"], "after": {"at_rest_encryption_enabled": true}, "after_unknown": {"transit_encryption_enabled": true}}}}) == set()

test_each_is_judged if cache_encryption.applies == {0} with input.context.documents as [{"type": "terraform/aws_elasticache_replication_group", "id": "aws_elasticache_replication_group.main", "operation": "update", "content": {"address": "aws_elasticache_replication_group.main", "type": "aws_elasticache_replication_group", "change": {"actions": ["update"], "after": {"at_rest_encryption_enabled": true, "transit_encryption_enabled": true}}}}]

new(after, after_unknown) := {"type": "terraform/aws_elasticache_replication_group", "id": "aws_elasticache_replication_group.main", "operation": "create", "content": {"address": "aws_elasticache_replication_group.main", "type": "aws_elasticache_replication_group", "change": {"actions": ["create"], "after": after, "after_unknown": after_unknown}}}

left := {"at_rest_encryption_enabled": true, "transit_encryption_enabled": true}

test_a_new_group_leaves_both_to_aws if pointers(new({"engine": "redis", "node_type": "cache.t4g.small"}, left)) == {"/change/after/at_rest_encryption_enabled", "/change/after/transit_encryption_enabled"}

test_aws_encrypts_a_new_group_of_valkey if pointers(new({"engine": "valkey", "node_type": "cache.t4g.small"}, left)) == set()

test_a_member_of_a_global_group_takes_after_the_first if pointers(new({}, object.union(left, {"global_replication_group_id": true, "node_type": true}))) == set()
