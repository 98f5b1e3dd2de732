# METADATA
# title: Images
# description: What the name of an image says. Nothing goes silent on an odd name.
package lib.images

# The tag, or an empty text. The port of a registry is none.
tag(image) := last if {
	steps := split(split(image, "@")[0], "/")
	[_, last] := split(steps[count(steps) - 1], ":")
} else := ""

has_digest(image) if contains(image, "@sha256:")

# The name with its registry, as a node looks for it.
full_name(image) := image if {
	[first, _] := split_once(image)
	is_registry(first)
} else := $"docker.io/{image}" if {
	contains(image, "/")
} else := $"docker.io/library/{image}"

# The full name without tag and digest.
repository(image) := trim_suffix(split(full_name(image), "@")[0], $":{tag(image)}")

# A name that somebody fills in later.
is_template(image) if {
	some mark in ["${", "$(", "{{", "<", "ko://", " "]
	contains(image, mark)
}

split_once(image) := [split(image, "/")[0], image] if contains(image, "/")

is_registry(step) if {
	some mark in [".", ":"]
	contains(step, mark)
}

is_registry("localhost")
