package config.terraform.tls_policy_test

import data.config.terraform.tls_policy

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in tls_policy.finding} with input.context.documents as [document]
}

test_a_listener_speaks_tls_1_2_and_1_3 if pointers({"type": "terraform/aws_lb_listener", "id": "aws_lb_listener.main", "operation": "update", "content": {"address": "aws_lb_listener.main", "type": "aws_lb_listener", "change": {"actions": ["update"], "after": {"ssl_policy": "ELBSecurityPolicy-TLS13-1-2-2021-06"}}}}) == set()

test_a_listener_speaks_more if pointers({"type": "terraform/aws_lb_listener", "id": "aws_lb_listener.main", "operation": "update", "content": {"address": "aws_lb_listener.main", "type": "aws_lb_listener", "change": {"actions": ["update"], "after": {"ssl_policy": "ELBSecurityPolicy-2016-08"}}}}) == {"/change/after/ssl_policy"}

test_each_is_judged if tls_policy.applies == {0} with input.context.documents as [{"type": "terraform/aws_lb_listener", "id": "aws_lb_listener.main", "operation": "update", "content": {"address": "aws_lb_listener.main", "type": "aws_lb_listener", "change": {"actions": ["update"], "after": {"ssl_policy": "ELBSecurityPolicy-TLS13-1-2-2021-06"}}}}]

new(protocol) := {"type": "terraform/aws_lb_listener", "id": "aws_lb_listener.main", "operation": "create", "content": {"address": "aws_lb_listener.main", "type": "aws_lb_listener", "change": {"actions": ["create"], "after": {"protocol": protocol}, "after_unknown": {"ssl_policy": true}}}}

test_a_new_listener_names_no_policy if pointers(new("HTTPS")) == {"/change/after/ssl_policy"}

test_a_listener_of_http_needs_none if pointers(new("HTTP")) == set()
