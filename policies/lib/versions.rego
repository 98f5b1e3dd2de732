# METADATA
# title: Versions
# description: Versions as numbers, so that they can be compared. Whatever is none, such as a branch or a commit, has no numbers.
package lib.versions

# `v4.1.2` is [4, 1, 2], and `v4` is [4].
numbers_of(version) := [to_number(number) | some number in split(trim_prefix(version, "v"), ".")] if {
	regex.match(`^v?[0-9]{1,9}(\.[0-9]{1,9}){0,2}$`, version)
} else := []

# A version that names fewer numbers stands for the newest of them, so `v4` is not before v4.1.
is_before(version, other) if {
	named := numbers_of(version)
	count(named) > 0
	named < array.slice(other, 0, count(named))
}
