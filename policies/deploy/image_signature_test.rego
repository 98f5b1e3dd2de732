package deploy.image_signature_test

import data.deploy.image_signature

settings := {"environments": ["production"], "signers": ["https://ci.example/"]}

request(signature) := {"context": {
	"environment": "production",
	"artifact": {"digest": "sha256:ab"},
	"evidence": {"signature": signature},
}}

messages(signature) := found if {
	found := {finding.message | some finding in image_signature.finding} with input as request(signature)
		with data.settings.deploy.signatures as settings
}

test_applies_where_it_is_asked_for if {
	image_signature.applies with input as request({}) with data.settings.deploy.signatures as settings
	not image_signature.applies with input as {"context": {"environment": "staging"}} with data.settings.deploy.signatures as settings
}

test_a_trusted_signature_of_the_image_passes if {
	messages({"digest": "sha256:ab", "signer": "https://ci.example/shop"}) == set()
}

test_others_are_told if {
	messages({"digest": "sha256:cd", "signer": "https://ci.example/"}) == {"The signature is not shown to be of sha256:ab: it names sha256:cd."}
	messages({"digest": "sha256:ab", "signer": "mallory"}) == {"The image was signed by mallory, who is none of the trusted signers."}
	count(messages({})) == 2
}
