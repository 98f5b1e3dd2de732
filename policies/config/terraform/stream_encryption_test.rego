package config.terraform.stream_encryption_test

import data.config.terraform.stream_encryption

parts(type, change) := found if {
	found := {finding.part | some finding in stream_encryption.finding} with input.context.documents as [{"type": type, "id": "a", "operation": "update", "content": {"change": change}}]
}

kafka(settings) := {"after": {"encryption_info": [{"encryption_in_transit": [settings]}]}}

test_a_stream_without_a_key if parts("terraform/aws_kinesis_stream", {"after": {"encryption_type": "NONE"}}) == {"encryption_type"}

test_a_stream_that_says_nothing if parts("terraform/aws_kinesis_stream", {"after": {}}) == {"encryption_type"}

test_a_stream_with_a_key if parts("terraform/aws_kinesis_stream", {"after": {"encryption_type": "KMS"}}) == set()

test_a_stream_that_only_the_apply_shows if parts("terraform/aws_kinesis_stream", {"after": {}, "after_unknown": {"encryption_type": true}}) == set()

test_kafka_in_plain_text if parts("terraform/aws_msk_cluster", kafka({"client_broker": "TLS_PLAINTEXT", "in_cluster": false})) == {"client_broker", "in_cluster"}

test_kafka_with_tls if parts("terraform/aws_msk_cluster", kafka({"client_broker": "TLS", "in_cluster": true})) == set()
