package config.terraform.guest_credentials_test

import data.config.terraform.guest_credentials

pointers(after) := found if {
	found := {finding.pointer | some finding in guest_credentials.finding} with input.context.documents as [{"type": "terraform/aws_cognito_identity_pool", "id": "a", "operation": "update", "content": {"change": {"after": after}}}]
}

test_one_that_knows_its_users if pointers({"allow_unauthenticated_identities": false}) == set()

test_one_that_knows_guests if pointers({"allow_unauthenticated_identities": true}) == {"/change/after/allow_unauthenticated_identities"}
