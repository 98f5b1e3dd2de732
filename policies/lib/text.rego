# METADATA
# title: Texts
# description: What rules do with texts. No function goes silent on an odd value, or the rule around it would pass.
package lib.text

# An amount with its noun: `1 approval`, `2 approvals`.
counted(amount, noun) := $"{amount} {noun}" if {
	amount == 1
} else := $"{amount} {noun}s"

# The first seven characters of a commit, as people quote it.
short(commit) := substring(commit, 0, 7)

# One step of a JSON pointer (RFC 6901).
step(key) := replace(replace($"{key}", "~", "~0"), "/", "~1")

# The value if it is a text that says something, else the other text.
or_else(value, other) := value if {
	is_string(value)
	value != ""
} else := other

# So many hexadecimal digits, in lower case, and nothing else.
is_hex(value, length) if {
	count(value) == length
	trim(value, "0123456789abcdef") == ""
}

# With one slash at its end, so that it is the beginning of whole steps only.
with_slash(path) := $"{trim_right(path, "/")}/"

# An absolute path of more than one step. What only begins like one may be a secret.
is_path(value) if {
	startswith(value, "/")
	count(split(value, "/")) > 2
	every mark in ["+", "=", " "] {
		not contains(value, mark)
	}
}

# The hosts whose addresses in a text have a password in them, with it: `https://user:password@host/path`.
passwords(value) := {[host, password] |
	some piece in array.slice(split(value, "://"), 1, count(split(value, "://")))
	authority := split(split(piece, "/")[0], "@")
	count(authority) == 2
	host := authority[1]
	not contains(authority[0], " ")
	[_, password] := split(authority[0], ":")
}
