package config.github.unpinned_images_test

import data.config.github.unpinned_images

findings(container) := found if {
	found := unpinned_images.finding with input.context.documents as [workflow({"container": container})]
}

workflow(job) := {"type": "github/workflow", "operation": "update", "content": {"jobs": {"test": job}}}

test_applies_to_workflows if {
	unpinned_images.applies == {0} with input.context.documents as [workflow({})]
}

test_an_image_without_a_version_is_found if {
	some finding in findings("registry.example:5000/node")
	finding.message == "The container of the job test runs registry.example:5000/node: no version is named, so each run may get another image."
	finding.part == "test/container"
	finding.pointer == "/jobs/test/container"
	some other in findings({"image": "node:latest"})
	other.pointer == "/jobs/test/container/image"
}

test_others_are_not if {
	every container in ["node:24", "node@sha256:0a", "${{ matrix.image }}", "", {"image": "node:24"}, {"env": {}}] {
		findings(container) == set()
	}
}
