package config.terraform.service_wildcards_test

import data.config.terraform.service_wildcards

parts(statement) := found if {
	found := {finding.part | some finding in service_wildcards.finding} with input.context.documents as [{"type": "terraform/aws_iam_policy", "id": "aws_iam_policy.main", "operation": "update", "content": {"change": {"actions": ["update"], "after": {"policy": json.marshal({"Statement": [object.union({"Effect": "Allow"}, statement)]})}}}}]
}

test_every_action_of_a_service if parts({"Action": ["s3:*", "SQS:*", "xray:*"], "Resource": "*"}) == {"s3, sqs"}

test_one_action_that_reads_all if parts({"Action": ["kms:Decrypt"], "Resource": ["*"]}) == {"kms:Decrypt"}

test_a_wildcard_within_a_service if parts({"Action": ["ssm:Get*"], "Resource": ["*"]}) == {"ssm:GetParameter, ssm:GetParameters, ssm:GetParametersByPath"}

test_all_services_and_iam_are_told_elsewhere if parts({"Action": ["*", "*:*", "iam:*", "sts:*"], "Resource": "*"}) == set()

test_named_resources if parts({"Action": ["s3:*"], "Resource": "arn:aws:s3:::shop/*"}) == set()

test_a_condition_bounds if parts({"Action": ["s3:*"], "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag/a": "b"}}}) == set()

test_a_condition_that_anybody_meets_does_not if parts({"Action": ["s3:*"], "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}}) == {"s3"}

test_each_is_judged if service_wildcards.applies == {0} with input.context.documents as [{"type": "terraform/aws_iam_policy", "id": "a", "operation": "create", "content": {"change": {"actions": ["create"], "after": {}}}}]

test_a_data_source_is_judged if service_wildcards.applies == {0} with input.context.documents as [{"type": "terraform/aws_iam_policy_document", "id": "data.aws_iam_policy_document.main", "operation": "none", "content": {"change": {"actions": ["read"], "after": {}}}}]
