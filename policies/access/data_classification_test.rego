package access.data_classification_test

import data.access.data_classification

settings := {"resources": ["database"], "roles": {"internal": ["*"], "confidential": ["analyst", "dba"]}}

request(class, roles) := {
	"subject": {"id": "ines", "properties": {"roles": roles}},
	"resource": {"type": "database", "id": "orders", "properties": {"classification": class}},
}

findings(class, roles) := found if {
	found := data_classification.finding with input as request(class, roles) with data.settings.access.clearances as settings
}

test_applies_to_what_is_classified if {
	data_classification.applies with input as request("internal", []) with data.settings.access.clearances as settings
	not data_classification.applies with input as {"resource": {"type": "service"}} with data.settings.access.clearances as settings
}

test_who_is_cleared_passes if {
	findings("internal", []) == set()
	findings("confidential", ["developer", "dba"]) == set()
}

test_others_are_told if {
	some finding in findings("confidential", ["developer"])
	finding.message == "ines holds no role that is cleared for confidential data, which orders is."
	finding.remediation == "These roles are cleared: analyst, dba."
	some unknown in findings("secret", ["dba"])
	unknown.remediation == "These roles are cleared: none, since the settings do not know this class."
}
