package deploy.image_digest_test

import data.deploy.image_digest

digest := concat("", ["sha256:", concat("", ["ab" | some _ in numbers.range(1, 32)])])

messages(artifact) := found if {
	found := {finding.message | some finding in image_digest.finding} with input.context.artifact as artifact
		with data.settings.deploy.digests as {"sha256": 64}
}

test_applies_to_every_deploy if image_digest.applies with input as {}

test_a_digest_is_enough if {
	messages({"image": "shop/checkout:1", "digest": digest}) == set()
	messages({"image": $"shop/checkout@{digest}", "digest": digest}) == set()
}

test_a_tag_can_be_moved if {
	messages({"image": "shop/checkout:1"}) == {"shop/checkout:1 is sent without a digest: its tag can be moved to another image after this decision."}
}

test_a_digest_is_whole if {
	messages({"image": "shop/checkout:1", "digest": "sha256:ab"}) == {"`sha256:ab`, the digest of shop/checkout:1, is not one: a digest is `sha256:` and 64 hexadecimal digits in lower case."}
}

test_both_digests_are_the_same if {
	messages({"image": "shop/checkout@sha256:cd", "digest": digest}) == {$"shop/checkout@sha256:cd names another digest than `artifact.digest`, which is {digest}."}
}
