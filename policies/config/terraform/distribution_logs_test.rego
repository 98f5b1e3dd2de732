package config.terraform.distribution_logs_test

import data.config.terraform.distribution_logs

found(operation, change) := number if {
	number := count(distribution_logs.finding) with input.context.documents as [{"type": "terraform/aws_cloudfront_distribution", "id": "a", "operation": operation, "content": {"change": change}}]
}

test_a_new_one_without_a_log if found("create", {"after": {"logging_config": []}}) == 1

test_a_new_one_with_a_log if found("create", {"after": {"logging_config": [{"bucket": "logs"}]}}) == 0

test_a_changed_one if found("update", {"after": {"logging_config": []}}) == 0

test_one_that_only_the_apply_shows if found("create", {"after": {}, "after_unknown": {"logging_config": true}}) == 0

test_one_that_logs_at_once if found("create", {"after": {"default_cache_behavior": [{"realtime_log_config_arn": "arn"}]}}) == 0

test_one_that_names_no_stream if found("create", {"after": {"default_cache_behavior": [{"realtime_log_config_arn": ""}]}}) == 1

test_one_whose_stream_only_the_apply_shows if found("create", {"after": {"default_cache_behavior": [{}]}, "after_unknown": {"default_cache_behavior": [{"realtime_log_config_arn": true}]}}) == 0

test_one_whose_log_cloudwatch_delivers if {
	count(distribution_logs.finding) == 0 with input.context.documents as [
		{"type": "terraform/aws_cloudfront_distribution", "id": "a", "operation": "create", "content": {"change": {"after": {}}}},
		{"type": "terraform/aws_cloudwatch_log_delivery_source", "id": "b", "operation": "create", "content": {"change": {"after": {"log_type": "ACCESS_LOGS"}}}},
	]
}
