package lib.versions_test

import data.lib.versions

test_a_version_has_numbers if {
	versions.numbers_of("v4.1.2") == [4, 1, 2]
	versions.numbers_of("4.1") == [4, 1]
	versions.numbers_of("v10") == [10]
}

test_anything_else_has_none if {
	every text in ["main", "", "v1.2.3.4", "v1-rc", "3d3c42e5aac5ba805825da76410c181273ba90b1"] {
		versions.numbers_of(text) == []
		not versions.is_before(text, [9])
	}
}

test_versions_are_compared_by_number if {
	versions.is_before("v9.9.9", [10, 0, 0])
	versions.is_before("v4.1.2", [4, 1, 3])
	versions.is_before("v3", [4, 1, 3])
	not versions.is_before("v4.1.3", [4, 1, 3])
	not versions.is_before("v10", [9, 1, 0])
}

test_a_short_version_is_the_newest_of_its_kind if {
	not versions.is_before("v4", [4, 1, 3])
	not versions.is_before("v4.1", [4, 1, 3])
	versions.is_before("v4.0", [4, 1, 3])
}
