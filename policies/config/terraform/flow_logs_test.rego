package config.terraform.flow_logs_test

import data.config.terraform.flow_logs

network(operation) := {"type": "terraform/aws_vpc", "id": "a", "operation": operation, "content": {"change": {"after": {}}}}

log(operation) := {"type": "terraform/aws_flow_log", "id": "b", "operation": operation}

found(documents) := number if {
	number := count(flow_logs.finding) with input.context.documents as documents
}

test_a_new_network if found([network("create")]) == 1

test_a_changed_network if found([network("update")]) == 0

test_a_new_log if found([network("create"), log("create")]) == 0

test_a_log_that_stays if found([network("create"), log("none")]) == 0

test_a_log_that_goes if found([network("create"), log("delete")]) == 1
