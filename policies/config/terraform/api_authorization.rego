# METADATA
# title: Every route of an API asks who calls
# description: >-
#   A route without authorization answers everybody who finds the address. Preflights (`OPTIONS`) have to, and so do the
#   paths in `settings.config.terraform.open_routes`.
# custom:
#   id: config.terraform.api_authorization
#   severity: medium
#   controls: [AWS-FSBP-APIGateway.8, NIST-800-53-AC-3, "ISO27001-A.8.3", SOC2-CC6.1]
#   remediation: |-
#     Let API Gateway ask, by IAM, a token or a function of your own:
#
#       authorization_type = "JWT"
#       authorizer_id      = aws_apigatewayv2_authorizer.main.id
#
#     A route that is meant for everybody, such as a webhook that checks signatures itself, asks for a waiver.
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_api_gateway_method, terraform/aws_apigatewayv2_route]
package config.terraform.api_authorization

import data.lib.terraform

types := {"aws_api_gateway_method", "aws_apigatewayv2_route"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "pointer": $"/change/after/{field}"} if {
	some position in applies
	resource := terraform.resources[position]
	field := fields[resource.type]
	terraform.value(resource, field) == "NONE"
	not terraform.value(resource, "api_key_required") == true
	not is_meant(resource)
	message := $"{resource.address} asks nobody who calls: {field} is NONE."
}

fields := {"aws_api_gateway_method": "authorization", "aws_apigatewayv2_route": "authorization_type"}

is_meant(resource) if terraform.value(resource, "http_method") == "OPTIONS"

is_meant(resource) if startswith(terraform.value(resource, "route_key"), "OPTIONS ")

is_meant(resource) if {
	[_, path] := split(terraform.value(resource, "route_key"), " ")
	path in data.settings.config.terraform.open_routes
}
