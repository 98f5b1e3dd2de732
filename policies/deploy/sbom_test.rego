package deploy.sbom_test

import data.deploy.sbom

settings := {"environments": ["production"], "formats": ["cyclonedx", "spdx"]}

request(list) := {"context": {"environment": "production", "artifact": {"digest": "sha256:ab"}, "evidence": {"sbom": list}}}

messages(list) := found if {
	found := {finding.message | some finding in sbom.finding} with input as request(list) with data.settings.deploy.sbom as settings
}

test_applies_where_it_is_asked_for if {
	sbom.applies with input as request({}) with data.settings.deploy.sbom as settings
	not sbom.applies with input as {"context": {"environment": "staging"}} with data.settings.deploy.sbom as settings
}

test_a_list_of_the_image_passes if messages({"digest": "sha256:ab", "format": "SPDX", "components": 3}) == set()

test_others_are_told if {
	messages({"digest": "sha256:cd", "format": "spdx", "components": 3}) == {"The bill of materials is not shown to be of sha256:ab: it names sha256:cd."}
	messages({"digest": "sha256:ab", "format": "csv", "components": 3}) == {"The bill of materials is written in csv, which nobody here reads."}
	count(messages({"digest": "sha256:ab", "format": "spdx", "components": 0})) == 1
	count(messages({})) == 3
}
