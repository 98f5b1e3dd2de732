package config.terraform.api_authorization_test

import data.config.terraform.api_authorization

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in api_authorization.finding} with input.context.documents as [document]
}

test_a_route_asks_for_a_token if pointers({"type": "terraform/aws_apigatewayv2_route", "id": "aws_apigatewayv2_route.main", "operation": "update", "content": {"address": "aws_apigatewayv2_route.main", "type": "aws_apigatewayv2_route", "change": {"actions": ["update"], "after": {"route_key": "POST /orders", "authorization_type": "JWT"}}}}) == set()

test_a_route_asks_nobody if pointers({"type": "terraform/aws_apigatewayv2_route", "id": "aws_apigatewayv2_route.main", "operation": "update", "content": {"address": "aws_apigatewayv2_route.main", "type": "aws_apigatewayv2_route", "change": {"actions": ["update"], "after": {"route_key": "POST /orders", "authorization_type": "NONE"}}}}) == {"/change/after/authorization_type"}

test_a_preflight_may if pointers({"type": "terraform/aws_apigatewayv2_route", "id": "aws_apigatewayv2_route.main", "operation": "update", "content": {"address": "aws_apigatewayv2_route.main", "type": "aws_apigatewayv2_route", "change": {"actions": ["update"], "after": {"route_key": "OPTIONS /orders", "authorization_type": "NONE"}}}}) == set()

test_so_may_that_of_a_method if pointers({"type": "terraform/aws_api_gateway_method", "id": "aws_api_gateway_method.main", "operation": "update", "content": {"address": "aws_api_gateway_method.main", "type": "aws_api_gateway_method", "change": {"actions": ["update"], "after": {"http_method": "OPTIONS", "authorization": "NONE", "api_key_required": false}}}}) == set()

test_a_method_asks_for_a_key if pointers({"type": "terraform/aws_api_gateway_method", "id": "aws_api_gateway_method.main", "operation": "update", "content": {"address": "aws_api_gateway_method.main", "type": "aws_api_gateway_method", "change": {"actions": ["update"], "after": {"http_method": "GET", "authorization": "NONE", "api_key_required": true}}}}) == set()

test_a_method_asks_nobody if pointers({"type": "terraform/aws_api_gateway_method", "id": "aws_api_gateway_method.main", "operation": "update", "content": {"address": "aws_api_gateway_method.main", "type": "aws_api_gateway_method", "change": {"actions": ["update"], "after": {"http_method": "GET", "authorization": "NONE", "api_key_required": false}}}}) == {"/change/after/authorization"}

test_each_is_judged if api_authorization.applies == {0} with input.context.documents as [{"type": "terraform/aws_apigatewayv2_route", "id": "aws_apigatewayv2_route.main", "operation": "update", "content": {"address": "aws_apigatewayv2_route.main", "type": "aws_apigatewayv2_route", "change": {"actions": ["update"], "after": {"route_key": "POST /orders", "authorization_type": "JWT"}}}}]

test_everybody_may_ask_whether_it_is_well if pointers({"type": "terraform/aws_apigatewayv2_route", "id": "aws_apigatewayv2_route.main", "operation": "update", "content": {"address": "aws_apigatewayv2_route.main", "type": "aws_apigatewayv2_route", "change": {"actions": ["update"], "after": {"route_key": "GET /healthz", "authorization_type": "NONE"}}}}) == set()
