package config.dockerfile.remote_port_test

import data.config.dockerfile.remote_port

document(args) := {"type": "dockerfile", "id": "Dockerfile", "operation": "update", "content": {"stages": [{"name": "run", "instructions": [{"keyword": "EXPOSE", "args": args}]}]}}

messages(args) := found if {
	found := {finding.message | some finding in remote_port.finding} with input.context.documents as [document(args)]
		with data.settings.config.dockerfile as {"remote_ports": {"22": "SSH"}}
}

test_applies_to_dockerfiles if {
	remote_port.applies == {0} with input.context.documents as [document([])] with data.settings.config.dockerfile as {"remote_ports": {}}
}

test_a_port_to_sign_in_to if {
	messages(["80", "22/tcp"]) == {"Stage run exposes port 22, SSH: a container is not a machine to sign in to."}
	messages(["2222", "$PORT"]) == set()
}
