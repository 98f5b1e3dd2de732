# METADATA
# title: Dockerfiles
# description: The stages of Dockerfiles, their instructions, and the commands that these run.
package lib.dockerfiles

import data.lib.documents

# By position.
dockerfiles[position] := document.content if {
	some position, document in documents.written
	document.type == "dockerfile"
}

stages := [stage |
	some position, content in dockerfiles
	some index, spec in content.stages
	stage := {
		"position": position,
		"index": index,
		"part": name(spec),
		"title": title(spec),
		"pointer": $"/stages/{index}",
		"spec": spec,
	}
]

# A stage by its name; one without is known by its image. Its number changes with every edit, a version with every update.
name(spec) := spec.name if {
	is_string(spec.name)
} else := repository(image(spec))

title(spec) := $"Stage {spec.name}" if {
	is_string(spec.name)
} else := $"The stage on {image(spec)}"

# As it is written, without its digest, which nobody reads.
image(spec) := split(object.get(spec, "written", ""), "@")[0]

# Without its tag. What an argument gives as a whole is left as it is.
repository(image) := image if {
	startswith(image, "$")
} else := trim_suffix(image, $":{tag(image)}")

# What stands behind the colon of an image; "" without one. The colon of a port stands before a slash.
tag(image) := concat(":", array.slice(parts, 1, count(parts))) if {
	segments := split(image, "/")
	parts := split(segments[count(segments) - 1], ":")
	count(parts) > 1
} else := ""

# What is built where nobody asks for a stage.
is_last(stage) if stage.index == count(dockerfiles[stage.position].stages) - 1

instructions := [instruction |
	some stage in stages
	some index, spec in stage.spec.instructions
	instruction := {
		"position": stage.position,
		"stage": stage.index,
		"part": stage.part,
		"title": stage.title,
		"pointer": $"{stage.pointer}/instructions/{index}",
		"spec": spec,
	}
]

# `readers` are the programs that read what a command prints.
commands := [command |
	some instruction in instructions
	some index, spec in instruction.spec.commands
	command := {
		"position": instruction.position,
		"part": instruction.part,
		"title": instruction.title,
		"pointer": $"{instruction.pointer}/commands/{index}",
		"words": spec.words,
		"assignments": spec.assignments,
		"program": program(spec.words),
		"readers": readers(instruction.spec.commands, index),
	}
]

# The commands of the same instruction.
beside(command) := [other |
	instruction := $"{split(command.pointer, "/commands/")[0]}/"
	some other in commands
	other.position == command.position
	startswith(other.pointer, instruction)
]

# The first word that is neither a flag nor a command that runs another one, without its folder.
program(words) := names[0] if {
	names := [last |
		some word in words
		not startswith(word, "-")
		not contains(word, "=")
		parts := split(word, "/")
		last := parts[count(parts) - 1]
		not last in data.settings.config.dockerfile.wrappers
	]
	count(names) > 0
} else := ""

readers(list, index) := [program(reader.words) | some reader in array.slice(list, index + 1, end + 1)] if {
	list[index].piped == true
	ends := [at | some at, spec in list; at > index; not is_piped(spec)]
	end := min(array.concat(ends, [count(list)]))
} else := []

is_piped(spec) if spec.piped == true

# The stages that one is made of, itself included.
chain(stage) := graph.reachable(
	{index: [spec.stage | is_number(spec.stage)] | some index, spec in dockerfiles[stage.position].stages},
	{stage.index},
)

# The image from elsewhere that a stage comes from in the end.
base(stage) := object.get(dockerfiles[stage.position].stages[min(chain(stage))], "base", "")

# The instructions that set the user of a stage, the one that counts last.
users(stage) := [{"pointer": $"/stages/{index}/instructions/{at}", "stage": index, "at": at, "spec": spec} |
	some index in chain(stage)
	some at, spec in dockerfiles[stage.position].stages[index].instructions
	spec.keyword == "USER"
]

# One that is known to set a user other than root.
is_non_root(base) if {
	some prefix in data.settings.config.dockerfile.non_root_bases.prefixes
	startswith(trim_prefix(trim_prefix(base, "docker.io/"), "library/"), prefix)
}

is_non_root(base) if {
	some word in data.settings.config.dockerfile.non_root_bases.words
	contains(base, word)
}

is_root(user) if split(user, ":")[0] in ["root", "0"]

is_windows(stage) if {
	some word in ["windows", "nanoserver"]
	contains(lower(base(stage)), word)
}
