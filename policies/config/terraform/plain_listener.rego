# METADATA
# title: Load balancers speak HTTPS
# description: >-
#   What goes over HTTP can be read and changed on its way. A listener on port 80 is for redirects. A classic load
#   balancer knows no redirects, so it listens on 443 only.
# custom:
#   id: config.terraform.plain_listener
#   severity: medium
#   controls: [AWS-FSBP-ELB.1, AWS-FSBP-ELB.3, NIST-800-53-SC-8, "ISO27001-A.8.24", SOC2-CC6.7]
#   remediation: |-
#     Send callers to HTTPS:
#
#       default_action {
#         type = "redirect"
#         redirect {
#           port        = "443"
#           protocol    = "HTTPS"
#           status_code = "HTTP_301"
#         }
#       }
#   waivable_by: [platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents: [terraform/aws_lb_listener, terraform/aws_alb_listener, terraform/aws_elb]
package config.terraform.plain_listener

import data.lib.terraform

types := {"aws_lb_listener", "aws_alb_listener", "aws_elb"}

applies contains position if {
	some position, resource in terraform.resources
	resource.type in types
}

finding contains {"message": message, "document": position, "pointer": "/change/after/default_action"} if {
	some position in applies
	resource := terraform.resources[position]
	terraform.value(resource, "protocol") == "HTTP"
	some block in terraform.blocks(resource, "default_action")
	block.type == "forward"
	message := $"{resource.address} takes requests over HTTP and passes them on: they can be read on their way."
}

finding contains {"message": message, "document": position, "part": $"listener/{listener.lb_port}", "pointer": $"/change/after/listener/{index}/lb_protocol", "remediation": "Write `lb_protocol = \"https\"`, `lb_port = 443` and the `ssl_certificate_id` of a certificate."} if {
	some position in applies
	resource := terraform.resources[position]
	resource.type == "aws_elb"
	some index, listener in terraform.blocks(resource, "listener")
	lower(listener.lb_protocol) == "http"
	message := $"{resource.address} takes requests over HTTP on port {listener.lb_port} and passes them on: they can be read on their way."
}
