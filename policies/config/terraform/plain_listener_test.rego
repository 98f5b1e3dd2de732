package config.terraform.plain_listener_test

import data.config.terraform.plain_listener

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in plain_listener.finding} with input.context.documents as [document]
}

test_callers_are_sent_to_https if pointers({"type": "terraform/aws_lb_listener", "id": "aws_lb_listener.main", "operation": "update", "content": {"address": "aws_lb_listener.main", "type": "aws_lb_listener", "change": {"actions": ["update"], "after": {"default_action": [{"type": "redirect"}], "protocol": "HTTP"}}}}) == set()

test_callers_are_served_over_http if pointers({"type": "terraform/aws_lb_listener", "id": "aws_lb_listener.main", "operation": "update", "content": {"address": "aws_lb_listener.main", "type": "aws_lb_listener", "change": {"actions": ["update"], "after": {"default_action": [{"type": "forward"}], "protocol": "HTTP"}}}}) == {"/change/after/default_action"}

test_what_only_the_apply_will_show_is_not_complained_of if pointers({"type": "terraform/aws_lb_listener", "id": "aws_lb_listener.main", "operation": "update", "content": {"address": "aws_lb_listener.main", "type": "aws_lb_listener", "change": {"actions": ["update"], "after": {"protocol": "HTTP"}, "after_unknown": {"default_action": true}}}}) == set()

test_https_may_be_passed_on if pointers({"type": "terraform/aws_lb_listener", "id": "aws_lb_listener.main", "operation": "update", "content": {"address": "aws_lb_listener.main", "type": "aws_lb_listener", "change": {"actions": ["update"], "after": {"default_action": [{"type": "forward"}], "protocol": "HTTPS"}}}}) == set()

test_each_is_judged if plain_listener.applies == {0} with input.context.documents as [{"type": "terraform/aws_lb_listener", "id": "aws_lb_listener.main", "operation": "update", "content": {"address": "aws_lb_listener.main", "type": "aws_lb_listener", "change": {"actions": ["update"], "after": {"default_action": [{"type": "redirect"}], "protocol": "HTTP"}}}}]

test_a_classic_load_balancer if pointers({"type": "terraform/aws_elb", "id": "aws_elb.main", "operation": "update", "content": {"change": {"actions": ["update"], "after": {"listener": [{"lb_port": 443, "lb_protocol": "https"}, {"lb_port": 80, "lb_protocol": "HTTP"}, {"lb_port": 25, "lb_protocol": "tcp"}]}}}}) == {"/change/after/listener/1/lb_protocol"}
