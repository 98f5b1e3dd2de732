package config.dockerfile.base_version_test

import data.config.dockerfile.base_version

messages(base, below) := found if {
	found := {finding.message | some finding in base_version.finding} with input.context.documents as [document(base, below)]
		with data.settings.config.dockerfile as {"wrappers": [], "rolling_bases": ["rolling/"]}
}

document(base, below) := {"type": "dockerfile", "id": "Dockerfile", "operation": "update", "content": {"stages": [{"name": "run", "base": base, "stage": below}]}}

test_applies_to_dockerfiles if base_version.applies == {0} with input.context.documents as [document("a", null)]

test_a_version_or_a_digest_is_named if {
	messages("a:1", null) == set()
	messages("host:5000/a@sha256:0a", null) == set()
}

test_what_moves_does_not_name_one if {
	messages("host:5000/a", null) == {"Stage run builds on host:5000/a without a tag: it is another image tomorrow."}
	messages("a:latest", null) == {"Stage run builds on a:latest by a tag that moves: it is another image tomorrow."}
}

test_what_cannot_name_one_is_left_alone if {
	messages("scratch", null) == set()
	messages("a:${TAG}", null) == set()
	messages("build", 0) == set()
	messages("rolling/a", null) == set()
}

test_a_tag_of_an_argument_is_left_alone if {
	stage := {"name": "run", "base": "a:latest", "written": "a:$TAG", "stage": null}
	found := base_version.finding with input.context.documents as [{"type": "dockerfile", "operation": "update", "content": {"stages": [stage]}}]
		with data.settings.config.dockerfile as {"wrappers": [], "rolling_bases": []}
	found == set()
}

test_a_template_is_left_alone if messages("{{base}}", null) == set()
