package config.terraform.database_tls_test

import data.config.terraform.database_tls

pointers(parameters) := found if {
	found := {finding.pointer | some finding in database_tls.finding} with input.context.documents as [group(parameters)]
}

group(parameters) := {"type": "terraform/aws_db_parameter_group", "id": "a", "operation": "update", "content": {"change": {"after": {"parameter": parameters}}}}

test_a_group_that_demands_it if pointers([{"name": "rds.force_ssl", "value": "1"}]) == set()

test_one_that_says_nothing if pointers([{"name": "log_statement", "value": "0"}, {"name": "rds.force_ssl"}]) == set()

test_one_that_is_told_to_do_without if {
	pointers([{"name": "log_statement", "value": "ddl"}, {"name": "rds.force_ssl", "value": "0"}]) == {"/change/after/parameter/1/value"}
	pointers([{"name": "rds.force_ssl", "value": 0}]) == {"/change/after/parameter/0/value"}
	pointers([{"name": "require_secure_transport", "value": "OFF"}]) == {"/change/after/parameter/0/value"}
	pointers([{"name": "require_ssl", "value": "false"}]) == {"/change/after/parameter/0/value"}
	pointers([{"name": "tls", "value": "disabled"}]) == {"/change/after/parameter/0/value"}
	pointers([{"name": "neptune_enforce_ssl", "value": "0"}]) == {"/change/after/parameter/0/value"}
}

test_each_is_judged if database_tls.applies == {0} with input.context.documents as [group([])]
