package config.terraform.distribution_tls_test

import data.config.terraform.distribution_tls

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in distribution_tls.finding} with input.context.documents as [document]
}

test_a_distribution_sends_viewers_to_https if pointers({"type": "terraform/aws_cloudfront_distribution", "id": "aws_cloudfront_distribution.main", "operation": "update", "content": {"address": "aws_cloudfront_distribution.main", "type": "aws_cloudfront_distribution", "change": {"actions": ["update"], "after": {"default_cache_behavior": [{"viewer_protocol_policy": "redirect-to-https"}], "ordered_cache_behavior": [{"viewer_protocol_policy": "https-only"}], "viewer_certificate": [{"cloudfront_default_certificate": false, "minimum_protocol_version": "TLSv1.2_2021"}]}}}}) == set()

test_it_answers_over_http if pointers({"type": "terraform/aws_cloudfront_distribution", "id": "aws_cloudfront_distribution.main", "operation": "update", "content": {"address": "aws_cloudfront_distribution.main", "type": "aws_cloudfront_distribution", "change": {"actions": ["update"], "after": {"default_cache_behavior": [{"viewer_protocol_policy": "allow-all"}], "ordered_cache_behavior": [{"viewer_protocol_policy": "https-only"}], "viewer_certificate": [{"cloudfront_default_certificate": false, "minimum_protocol_version": "TLSv1.2_2021"}]}}}}) == {"/change/after/default_cache_behavior/0/viewer_protocol_policy"}

test_it_speaks_tls_1_0 if pointers({"type": "terraform/aws_cloudfront_distribution", "id": "aws_cloudfront_distribution.main", "operation": "update", "content": {"address": "aws_cloudfront_distribution.main", "type": "aws_cloudfront_distribution", "change": {"actions": ["update"], "after": {"default_cache_behavior": [{"viewer_protocol_policy": "redirect-to-https"}], "ordered_cache_behavior": [{"viewer_protocol_policy": "https-only"}], "viewer_certificate": [{"cloudfront_default_certificate": false, "minimum_protocol_version": "TLSv1"}]}}}}) == {"/change/after/viewer_certificate/0/minimum_protocol_version"}

test_the_certificate_of_cloudfront_leaves_no_choice if pointers({"type": "terraform/aws_cloudfront_distribution", "id": "aws_cloudfront_distribution.main", "operation": "update", "content": {"address": "aws_cloudfront_distribution.main", "type": "aws_cloudfront_distribution", "change": {"actions": ["update"], "after": {"default_cache_behavior": [{"viewer_protocol_policy": "redirect-to-https"}], "ordered_cache_behavior": [{"viewer_protocol_policy": "https-only"}], "viewer_certificate": [{"cloudfront_default_certificate": true, "minimum_protocol_version": "TLSv1"}]}}}}) == set()

test_each_is_judged if distribution_tls.applies == {0} with input.context.documents as [{"type": "terraform/aws_cloudfront_distribution", "id": "aws_cloudfront_distribution.main", "operation": "update", "content": {"address": "aws_cloudfront_distribution.main", "type": "aws_cloudfront_distribution", "change": {"actions": ["update"], "after": {"default_cache_behavior": [{"viewer_protocol_policy": "redirect-to-https"}], "ordered_cache_behavior": [{"viewer_protocol_policy": "https-only"}], "viewer_certificate": [{"cloudfront_default_certificate": false, "minimum_protocol_version": "TLSv1.2_2021"}]}}}}]
