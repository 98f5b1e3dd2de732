# METADATA
# title: Nothing that holds data is deleted by the way
# description: >-
#   A plan that deletes a database, a bucket, a table, a volume or a key, or replaces it because an argument cannot
#   be changed in place, takes the data with it. The kinds are in `settings.config.terraform.stateful`. A bucket
#   that must be empty first is spared.
# custom:
#   id: config.terraform.data_loss
#   severity: critical
#   controls: [NIST-800-53-CP-9, "ISO27001-A.8.13", SOC2-A1.2, SOC2-CC8.1]
#   remediation: |-
#     Where an argument cannot be changed in place, leave it as it is, or copy what is there first. Where only the name in the
#     code has changed, say so:
#
#       moved {
#         from = aws_db_instance.old
#         to   = aws_db_instance.new
#       }
#
#     If it is meant, take a snapshot and ask for a waiver.
#   waivable_by: [data-owners, platform-security]
#   effective_on: "2026-01-01T00:00:00.000Z"
#   documents:
#     - terraform/aws_db_instance
#     - terraform/aws_rds_cluster
#     - terraform/aws_docdb_cluster
#     - terraform/aws_neptune_cluster
#     - terraform/aws_redshift_cluster
#     - terraform/aws_dynamodb_table
#     - terraform/aws_s3_bucket
#     - terraform/aws_kms_key
#     - terraform/aws_efs_file_system
#     - terraform/aws_ebs_volume
#     - terraform/aws_msk_cluster
#     - terraform/aws_fsx_windows_file_system
#     - terraform/aws_fsx_openzfs_file_system
#     - terraform/aws_fsx_ontap_file_system
#     - terraform/aws_fsx_lustre_file_system
#     - terraform/aws_redshiftserverless_namespace
#     - terraform/aws_memorydb_cluster
#     - terraform/aws_opensearch_domain
#     - terraform/aws_elasticsearch_domain
#     - terraform/aws_cognito_user_pool
package config.terraform.data_loss

applies contains position if {
	some position, document in input.context.documents
	data.settings.config.terraform.stateful[document.type]
	is_told(document)
}

is_told(document) if document.operation == "delete"

is_told(document) if {
	document.operation in ["create", "update"]
	is_object(document.content)
}

finding contains {"message": message, "document": position, "pointer": "/change/actions", "remediation": remediation} if {
	some position in applies
	document := input.context.documents[position]
	not is_spared(document)
	[how, remediation] := fate(document)
	kind := data.settings.config.terraform.stateful[document.type]
	message := $"{document.id}, {kind}, will be {how}, and {remains(document)}."
}

fate(document) := [how, remediation] if {
	is_replaced(document)
	names := forcing(document)
	names != ""
	how := $"replaced, since {names} cannot be changed in place"
	remediation := $"Leave {names} as it is. If it has to change, make a second one beside the first, copy what is in it, and delete the first in a plan of its own, with a waiver."
} else := ["replaced, since it is tainted", $"If it works, `terraform untaint {document.id}` leaves it as it is. If not, copy what is in it first, and ask for a waiver."] if {
	is_replaced(document)
	document.content.action_reason == "replace_because_tainted"
} else := ["replaced, since the plan was made with -replace", "Plan without `-replace`, and it stays. If it is meant, copy what is in it first, and ask for a waiver."] if {
	is_replaced(document)
	document.content.action_reason == "replace_by_request"
} else := ["replaced", "Look why: `terraform plan` marks the argument with \"forces replacement\". Leave it as it is, or copy what is there first, and ask for a waiver."] if {
	is_replaced(document)
} else := ["deleted", concat("\n", [
	"If only its name in the code has changed, say so, and it stays:",
	"",
	"  moved {",
	$"    from = {document.id}",
	$"    to   = {trim_prefix(document.type, "terraform/")}.NEW_NAME",
	"  }",
	"",
	"If it is meant, take a snapshot and ask for a waiver.",
])] if {
	"delete" in document.content.change.actions
} else := ["deleted", "Look why the plan deletes it. If it is meant, take a snapshot and ask for a waiver."] if {
	document.operation == "delete"
}

is_replaced(document) if {
	"delete" in document.content.change.actions
	"create" in document.content.change.actions
}

# The arguments that cannot be changed in place, as far as the plan says.
forcing(document) := concat(", ", sort({path[0] | some path in object.get(document.content.change, "replace_paths", [])}))

remains(document) := "what it holds stays in its last snapshot only" if {
	document.content.change.before.skip_final_snapshot == false
} else := "what it holds is lost"

# A bucket with anything in it is deleted only where force_destroy says so.
is_spared(document) if {
	document.type == "terraform/aws_s3_bucket"
	document.content.change.before.force_destroy in [false, null]
}
