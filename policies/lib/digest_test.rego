package lib.digest_test

import data.lib.digest

digests := {"sha256": 64, "short": 2}

test_a_digest_has_an_algorithm_and_all_its_digits if {
	digest.is_digest("short:0a") with data.settings.deploy.digests as digests
}

test_anything_else_is_none if {
	every value in ["short:0", "short:0ab", "short:0g", "other:0a", "0a", "short:0a:0a", ""] {
		not digest.is_digest(value) with data.settings.deploy.digests as digests
	}
}
