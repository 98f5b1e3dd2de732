package config.dockerfile.secret_files_test

import data.config.dockerfile.secret_files

document(keyword, args) := {"type": "dockerfile", "id": "Dockerfile", "operation": "update", "content": {"stages": [{"name": "run", "instructions": [{"keyword": keyword, "args": args}]}]}}

messages(keyword, args) := found if {
	found := {finding.message | some finding in secret_files.finding} with input.context.documents as [document(keyword, args)]
		with data.settings.config.dockerfile as {"secret_files": [".env", ".ssh"]}
}

test_applies_to_dockerfiles if {
	secret_files.applies == {0} with input.context.documents as [document("COPY", [])] with data.settings.config.dockerfile as {"secret_files": []}
}

test_a_file_or_folder_of_that_name_is_copied if {
	messages("COPY", ["a", "x/.env", "/app/"]) == {"Stage run copies x/.env into the image: whoever can pull it has what is in there."}
	messages("ADD", [".ssh/", "/root/"]) == {"Stage run copies .ssh/ into the image: whoever can pull it has what is in there."}
}

test_others_are_not if {
	messages("COPY", [".env.example", "/app/.env"]) == set()
	messages("VOLUME", [".env", "/app"]) == set()
}
