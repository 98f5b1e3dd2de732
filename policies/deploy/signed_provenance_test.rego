package deploy.signed_provenance_test

import data.deploy.signed_provenance

settings := {"environments": ["production"], "level": 2, "builders": ["https://ci.example/"]}

good := {"digest": "sha256:ab", "level": 3, "builder": "https://ci.example/build", "repository": "Shop/checkout"}

request(environment, provenance) := {"context": {
	"environment": environment,
	"artifact": {"digest": "sha256:ab"},
	"change": {"repository": "shop/checkout"},
	"evidence": {"provenance": provenance},
}}

messages(provenance) := found if {
	found := {finding.message | some finding in signed_provenance.finding} with input as request("production", provenance)
		with data.settings.deploy.provenance as settings
}

test_applies_where_it_is_wanted if {
	signed_provenance.applies with input as request("production", {}) with data.settings.deploy.provenance as settings
	not signed_provenance.applies with input as request("staging", {}) with data.settings.deploy.provenance as settings
}

test_a_trusted_build_of_the_change_passes if messages(good) == set()

test_what_is_not_shown_is_told if {
	messages({}) == {
		"The provenance is not shown to be of sha256:ab: it names no digest.",
		"The image is not shown to be built from shop/checkout: its provenance names no repository.",
		"The image was built by nobody who is named, which is none of the trusted builders.",
		"The provenance is not shown to be of SLSA build level 2.",
	}
	messages(object.union(good, {"level": 1})) == {"The provenance is not shown to be of SLSA build level 2."}
}
