package config.github.piped_download_test

import data.config.github.piped_download

workflow(steps) := {"type": "github/workflow", "operation": "update", "content": {"jobs": {"test": {"steps": steps}}}}

test_applies_to_workflows if {
	piped_download.applies == {0} with input.context.documents as [workflow([])]
}

test_a_script_from_the_network if {
	found := piped_download.finding with input.context.documents as [workflow([{"name": "Upload", "run": "bash <(curl -s https://get.example/bash)"}, {"uses": "a/b@v1"}])]
	found == {{
		"message": "The step “Upload” of the job test runs what get.example sends, by bash: nobody has seen it before.",
		"document": 0,
		"part": "test/Upload/get.example",
		"pointer": "/jobs/test/steps/0/run",
	}}
}
