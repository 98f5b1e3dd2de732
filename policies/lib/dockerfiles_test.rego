package lib.dockerfiles_test

import data.lib.dockerfiles

run(commands) := {"keyword": "RUN", "commands": commands}

command(words, piped) := {"words": words, "assignments": [], "piped": piped}

documents := [
	{"type": "openapi", "operation": "update", "content": {"stages": [{"name": "no"}]}},
	{"type": "dockerfile", "operation": "update", "content": {"stages": [
		{"name": "base", "base": "node:24", "written": "node:24", "stage": null, "instructions": [{"keyword": "USER", "args": ["a"]}]},
		{"name": null, "base": "golang:1.26-nanoserver", "written": "golang:$TAG", "stage": null},
		{"name": null, "base": "base", "written": "base", "stage": 0, "instructions": [
			{"keyword": "USER", "args": ["b"]},
			run([command(["curl", "x"], true), command(["gunzip"], true), command(["/bin/sudo", "-E", "A=1", "/bin/sh"], false), command([], false)]),
		]},
	]}},
]

test_stages_are_called_by_name_or_by_image if {
	found := dockerfiles.stages with input.context.documents as documents
	[[stage.position, stage.part, stage.title, stage.pointer] | some stage in found] == [
		[1, "base", "Stage base", "/stages/0"],
		[1, "golang", "The stage on golang:$TAG", "/stages/1"],
		[1, "base", "The stage on base", "/stages/2"],
	]
}

test_the_last_stage_is_what_is_built if {
	found := [stage.index | some stage in dockerfiles.stages; dockerfiles.is_last(stage)] with input.context.documents as documents
	found == [2]
}

test_a_stage_is_made_of_those_below_it if {
	found := [dockerfiles.base(stage) | some stage in dockerfiles.stages] with input.context.documents as documents
	found == ["node:24", "golang:1.26-nanoserver", "node:24"]
	users := [[user.spec.args[0] | some user in dockerfiles.users(stage)] | some stage in dockerfiles.stages] with input.context.documents as documents
	users == [["a"], [], ["a", "b"]]
}

test_windows_is_known_by_its_image if {
	found := [stage.index | some stage in dockerfiles.stages; dockerfiles.is_windows(stage)] with input.context.documents as documents
	found == [1]
}

test_commands_know_who_reads_them if {
	found := [[command.program, command.readers, command.pointer] | some command in dockerfiles.commands] with input.context.documents as documents
		with data.settings.config.dockerfile as {"wrappers": ["sudo"]}
	found == [
		["curl", ["gunzip", "sh"], "/stages/2/instructions/1/commands/0"],
		["gunzip", ["sh"], "/stages/2/instructions/1/commands/1"],
		["sh", [], "/stages/2/instructions/1/commands/2"],
		["", [], "/stages/2/instructions/1/commands/3"],
	]
}

test_an_image_is_known_without_its_version if {
	written := ["node", "node:24@sha256:0a", "host:5000/shop/base", "host:5000/shop/base:1", "$BASE:1", "a:${TAG:-1}"]
	[dockerfiles.name({"name": null, "written": text}) | some text in written] == ["node", "node", "host:5000/shop/base", "host:5000/shop/base", "$BASE:1", "a"]
	[dockerfiles.tag(dockerfiles.image({"written": text})) | some text in written] == ["", "24", "", "1", "1", "${TAG:-1}"]
}
