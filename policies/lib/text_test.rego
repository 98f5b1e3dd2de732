package lib.text_test

import data.lib.text

test_one_is_singular if text.counted(1, "approval") == "1 approval"

test_none_and_many_are_plural if {
	text.counted(0, "approval") == "0 approvals"
	text.counted(2, "approval") == "2 approvals"
}

test_a_commit_is_quoted_by_seven_characters if text.short("4f2c9e1d7a35") == "4f2c9e1"

test_a_pointer_escapes_what_means_something_in_it if {
	text.step("a/b~c") == "a~1b~0c"
	text.step(3) == "3"
}

test_a_text_that_says_something_stands_for_itself if text.or_else("name", "other") == "name"

test_anything_else_is_replaced if {
	text.or_else("", "other") == "other"
	text.or_else(3, "other") == "other"
	text.or_else(null, "other") == "other"
}

test_hexadecimal_digits_are_counted if {
	text.is_hex("0af9", 4)
	not text.is_hex("0af9", 5)
	not text.is_hex("0AF9", 4)
	not text.is_hex("0ag9", 4)
}

test_a_slash_ends_it_once if {
	text.with_slash("a/b") == "a/b/"
	text.with_slash("a/b/") == "a/b/"
}

test_a_path_has_steps if {
	found := [value | some value in ["/run/secrets/db", "/hunter2", "run/secrets", "/a/b+c", "/a/b=", "/a/b c"]; text.is_path(value)]
	found == ["/run/secrets/db"]
}

test_passwords_in_addresses if {
	text.passwords("a https://x:y@one/ and ssh://x:z@two:22/b") == {["one", "y"], ["two:22", "z"]}
	text.passwords("https://one/a:b@c http://x@two git@three:four/five x y:z@six") == set()
	text.passwords("http://a b:c@d") == set()
}
