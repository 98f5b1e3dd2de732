package config.terraform.public_policy_test

import data.config.terraform.public_policy

pointers(document) := found if {
	found := {object.get(finding, "pointer", "") | some finding in public_policy.finding} with input.context.documents as [document]
}

test_a_queue_is_for_one_role if pointers({"type": "terraform/aws_sqs_queue_policy", "id": "aws_sqs_queue_policy.main", "operation": "update", "content": {"address": "aws_sqs_queue_policy.main", "type": "aws_sqs_queue_policy", "change": {"actions": ["update"], "after": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"arn:aws:iam::111122223333:role/orders\"}, \"Action\": \"sqs:SendMessage\", \"Resource\": \"*\"}]}"}}}}) == set()

test_a_queue_is_for_everybody if pointers({"type": "terraform/aws_sqs_queue_policy", "id": "aws_sqs_queue_policy.main", "operation": "update", "content": {"address": "aws_sqs_queue_policy.main", "type": "aws_sqs_queue_policy", "change": {"actions": ["update"], "after": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"sqs:SendMessage\", \"Resource\": \"*\"}]}"}}}}) == {"/change/after/policy"}

test_a_queue_is_for_all_that_a_condition_names if pointers({"type": "terraform/aws_sqs_queue_policy", "id": "aws_sqs_queue_policy.main", "operation": "update", "content": {"address": "aws_sqs_queue_policy.main", "type": "aws_sqs_queue_policy", "change": {"actions": ["update"], "after": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"sqs:SendMessage\", \"Resource\": \"*\", \"Condition\": {\"ArnEquals\": {\"aws:SourceArn\": \"arn:aws:sns:eu-central-1:111122223333:orders\"}}}]}"}}}}) == set()

test_nobody_may_use_it_unencrypted if pointers({"type": "terraform/aws_sqs_queue_policy", "id": "aws_sqs_queue_policy.main", "operation": "update", "content": {"address": "aws_sqs_queue_policy.main", "type": "aws_sqs_queue_policy", "change": {"actions": ["update"], "after": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"sqs:*\", \"Resource\": \"*\"}]}"}}}}) == set()

test_a_role_trusts_a_service if pointers({"type": "terraform/aws_iam_role", "id": "aws_iam_role.main", "operation": "update", "content": {"address": "aws_iam_role.main", "type": "aws_iam_role", "change": {"actions": ["update"], "after": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"lambda.amazonaws.com\"}, \"Action\": \"sts:AssumeRole\"}]}"}}}}) == set()

test_a_role_trusts_everybody if pointers({"type": "terraform/aws_iam_role", "id": "aws_iam_role.main", "operation": "update", "content": {"address": "aws_iam_role.main", "type": "aws_iam_role", "change": {"actions": ["update"], "after": {"assume_role_policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"*\"}, \"Action\": \"sts:AssumeRole\"}]}"}}}}) == {"/change/after/assume_role_policy"}

test_a_bucket_answers_what_comes_through_the_network if pointers({"type": "terraform/aws_s3_bucket_policy", "id": "aws_s3_bucket_policy.main", "operation": "update", "content": {"address": "aws_s3_bucket_policy.main", "type": "aws_s3_bucket_policy", "change": {"actions": ["update"], "after": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::shop-orders/*\", \"Principal\": \"*\", \"Condition\": {\"StringEquals\": {\"aws:SourceVpce\": \"vpce-1\"}}}]}"}}}}) == set()

test_a_bucket_answers_whoever_encrypts if pointers({"type": "terraform/aws_s3_bucket_policy", "id": "aws_s3_bucket_policy.main", "operation": "update", "content": {"address": "aws_s3_bucket_policy.main", "type": "aws_s3_bucket_policy", "change": {"actions": ["update"], "after": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::shop-orders/*\", \"Principal\": \"*\", \"Condition\": {\"Bool\": {\"aws:SecureTransport\": \"true\"}}}]}"}}}}) == {"/change/after/policy"}

test_all_but_one_may_send_to_a_queue if pointers({"type": "terraform/aws_sqs_queue", "id": "aws_sqs_queue.main", "operation": "update", "content": {"address": "aws_sqs_queue.main", "type": "aws_sqs_queue", "change": {"actions": ["update"], "after": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"sqs:SendMessage\", \"Resource\": \"*\", \"NotPrincipal\": {\"AWS\": \"arn:aws:iam::111122223333:root\"}}]}"}}}}) == {"/change/after/policy"}

test_the_statements_of_a_policy_that_is_not_known_yet_name_a_role if pointers({"type": "terraform/aws_iam_policy_document", "id": "data.aws_iam_policy_document.main", "operation": "none", "content": {"address": "data.aws_iam_policy_document.main", "mode": "data", "type": "aws_iam_policy_document", "change": {"actions": ["read"], "after": {"statement": [{"effect": "Allow", "actions": ["s3:GetObject"], "resources": [null], "principals": [{"type": "AWS", "identifiers": ["arn:aws:iam::111122223333:role/orders"]}], "condition": []}]}, "after_unknown": {"json": true}}}}) == set()

test_they_name_everybody if pointers({"type": "terraform/aws_iam_policy_document", "id": "data.aws_iam_policy_document.main", "operation": "none", "content": {"address": "data.aws_iam_policy_document.main", "mode": "data", "type": "aws_iam_policy_document", "change": {"actions": ["read"], "after": {"statement": [{"effect": "Allow", "actions": ["s3:GetObject"], "resources": [null], "principals": [{"type": "AWS", "identifiers": ["*"]}], "condition": []}]}, "after_unknown": {"json": true}}}}) == {"/change/after/statement/0"}

test_an_endpoint_leaves_it_to_others_to_ask if pointers({"type": "terraform/aws_iam_policy_document", "id": "data.aws_iam_policy_document.main", "operation": "none", "content": {"address": "data.aws_iam_policy_document.main", "mode": "data", "type": "aws_iam_policy_document", "change": {"actions": ["read"], "after": {"statement": [{"effect": "Allow", "actions": ["s3:GetObject"], "resources": ["*"], "principals": [{"type": "AWS", "identifiers": ["*"]}], "condition": []}]}, "after_unknown": {"json": true}}}}) == set()

test_so_does_an_api if pointers({"type": "terraform/aws_iam_policy_document", "id": "data.aws_iam_policy_document.main", "operation": "none", "content": {"address": "data.aws_iam_policy_document.main", "mode": "data", "type": "aws_iam_policy_document", "change": {"actions": ["read"], "after": {"statement": [{"effect": "Allow", "actions": ["execute-api:Invoke"], "resources": [null], "principals": [{"type": "AWS", "identifiers": ["*"]}], "condition": []}]}, "after_unknown": {"json": true}}}}) == set()

test_a_topic_may_call_a_function if pointers({"type": "terraform/aws_lambda_permission", "id": "aws_lambda_permission.main", "operation": "update", "content": {"address": "aws_lambda_permission.main", "type": "aws_lambda_permission", "change": {"actions": ["update"], "after": {"principal": "sns.amazonaws.com", "source_arn": null, "source_account": null, "principal_org_id": null, "function_url_auth_type": null}}}}) == set()

test_everybody_may_call_a_function if pointers({"type": "terraform/aws_lambda_permission", "id": "aws_lambda_permission.main", "operation": "update", "content": {"address": "aws_lambda_permission.main", "type": "aws_lambda_permission", "change": {"actions": ["update"], "after": {"principal": "*", "source_arn": null, "source_account": null, "principal_org_id": null, "function_url_auth_type": null}}}}) == {"/change/after/principal"}

test_everybody_of_one_organisation_may_call_a_function if pointers({"type": "terraform/aws_lambda_permission", "id": "aws_lambda_permission.main", "operation": "update", "content": {"address": "aws_lambda_permission.main", "type": "aws_lambda_permission", "change": {"actions": ["update"], "after": {"principal": "*", "source_arn": null, "source_account": null, "principal_org_id": "o-1", "function_url_auth_type": null}}}}) == set()

test_each_is_judged if public_policy.applies == {0} with input.context.documents as [{"type": "terraform/aws_sqs_queue_policy", "id": "aws_sqs_queue_policy.main", "operation": "update", "content": {"address": "aws_sqs_queue_policy.main", "type": "aws_sqs_queue_policy", "change": {"actions": ["update"], "after": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"arn:aws:iam::111122223333:role/orders\"}, \"Action\": \"sqs:SendMessage\", \"Resource\": \"*\"}]}"}}}}]

test_permissions_and_data_sources_are_judged if public_policy.applies == {0, 1} with input.context.documents as [{"type": "terraform/aws_iam_policy_document", "id": "data.aws_iam_policy_document.a", "operation": "none", "content": {"change": {"actions": ["read"], "after": {}}}}, {"type": "terraform/aws_lambda_permission", "id": "aws_lambda_permission.a", "operation": "create", "content": {"change": {"actions": ["create"], "after": {"principal": "sns.amazonaws.com"}}}}]

layer(after) := {"type": "terraform/aws_lambda_layer_version_permission", "id": "a", "operation": "update", "content": {"change": {"actions": ["update"], "after": after}}}

test_a_layer_for_everybody if pointers(layer({"principal": "*", "organization_id": null})) == {"/change/after/principal"}

test_a_layer_for_one_organisation_or_account if {
	pointers(layer({"principal": "*", "organization_id": "o-1"})) == set()
	pointers(layer({"principal": "111122223333"})) == set()
}

test_fields_of_other_names_are_read if pointers({"type": "terraform/aws_codeartifact_domain_permissions_policy", "id": "a", "operation": "update", "content": {"change": {"actions": ["update"], "after": {"policy_document": `{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "codeartifact:ReadFromRepository", "Resource": "*"}]}`}}}}) == {"/change/after/policy_document"}

role(condition) := {"type": "terraform/aws_iam_role", "id": "a", "operation": "update", "content": {"change": {"actions": ["update"], "after": {"assume_role_policy": json.marshal({"Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole", "Condition": condition}]})}}}}

test_a_second_factor_is_no_name if {
	pointers(role({"Bool": {"aws:MultiFactorAuthPresent": "true"}})) == {"/change/after/assume_role_policy"}
	pointers(role({"Bool": {"aws:MultiFactorAuthPresent": "true"}, "StringEquals": {"aws:PrincipalOrgID": "o-1"}})) == set()
}

domain(after, after_unknown) := {"type": "terraform/aws_opensearch_domain", "id": "a", "operation": "create", "content": {"change": {
	"actions": ["create"],
	"after": object.union({"access_policies": `{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "es:*", "Resource": "*"}]}`}, after),
	"after_unknown": after_unknown,
}}}

test_a_search_domain_that_asks_nobody if {
	pointers(domain({}, {})) == {"/change/after/access_policies"}
	pointers(domain({"advanced_security_options": [{"enabled": false}]}, {})) == {"/change/after/access_policies"}
	pointers(domain({"advanced_security_options": [{"enabled": true}]}, {})) == set()
	pointers(domain({"vpc_options": [{"subnet_ids": ["subnet-1"]}]}, {})) == set()
	pointers(domain({}, {"vpc_options": [{"subnet_ids": true}]})) == set()
}
