package config.terraform.minor_upgrades_test

import data.config.terraform.minor_upgrades

pointers(after) := found if {
	found := {finding.pointer | some finding in minor_upgrades.finding} with input.context.documents as [{"type": "terraform/aws_db_instance", "id": "a", "operation": "update", "content": {"change": {"after": after}}}]
}

test_one_that_takes_them if pointers({"auto_minor_version_upgrade": true}) == set()

test_one_that_says_nothing if pointers({}) == set()

test_one_that_takes_none if pointers({"auto_minor_version_upgrade": false}) == {"/change/after/auto_minor_version_upgrade"}

test_one_that_says_so_in_a_text if pointers({"auto_minor_version_upgrade": "false"}) == {"/change/after/auto_minor_version_upgrade"}
