package lib.identity_test

import data.lib.identity

test_case_and_blanks_make_no_other_person if identity.same("Alice", " alice ")

test_other_names_are_other_people if not identity.same("alice", "alicia")
