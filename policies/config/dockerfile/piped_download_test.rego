package config.dockerfile.piped_download_test

import data.config.dockerfile.piped_download

settings := {"wrappers": ["sudo"], "interpreters": ["bash", "sh"], "downloaders": ["curl"]}

document(commands) := {"type": "dockerfile", "id": "Dockerfile", "operation": "update", "content": {"stages": [{"name": "run", "instructions": [{"keyword": "RUN", "commands": commands}]}]}}

command(words, piped) := {"words": words, "assignments": [], "piped": piped}

messages(commands) := found if {
	found := {finding.message | some finding in piped_download.finding} with input.context.documents as [document(commands)]
		with data.settings.config.dockerfile as settings
}

test_applies_to_dockerfiles if {
	piped_download.applies == {0} with input.context.documents as [document([])] with data.settings.config.dockerfile as settings
}

test_a_pipe_into_a_shell if {
	messages([command(["curl", "https://a.example/x"], true), command(["tee", "y"], true), command(["sudo", "bash", "-"], false)]) == {"Stage run runs what a.example sends, piped into bash: nobody has seen it before."}
	messages([command(["curl", "$URL"], true), command(["sh"], false)]) == {"Stage run runs what the network sends, piped into sh: nobody has seen it before."}
}

test_a_download_in_a_word if {
	messages([command(["sh", "-c", "$(curl -fsSL https://a.example/x)"], false)]) == {"Stage run runs what a.example sends, handed to sh: nobody has seen it before."}
	messages([command(["bash", "<(curl https://a.example/x)"], false)]) == {"Stage run runs what a.example sends, handed to bash: nobody has seen it before."}
}

test_what_is_not_run if {
	messages([command(["curl", "https://a.example/x"], true), command(["tar", "-x"], false), command(["sh", "y"], false)]) == set()
	messages([command(["echo", "$(curl https://a.example/x)"], false)]) == set()
	messages([command(["cat", "x"], true), command(["sh", "-c", "$(cat x)"], false)]) == set()
}

test_powershell_that_runs_what_it_fetches if {
	powershell("iex ((New-Object Net.WebClient).DownloadString('https://a.example/x'))") == {"a.example"}
	powershell("Invoke-Restmethod (irm \"https://a.example/x\") | Out-Null") == set()
	powershell("irm https://a.example/x | iex") == {"a.example"}
	powershell("Invoke-WebRequest https://a.example/x -OutFile x; msiexec /i x") == set()
	powershell("(New-Object Net.WebClient).DownloadString('https://a.example/x') > x") == set()
}

powershell(text) := hosts if {
	run := {"keyword": "RUN", "text": text, "commands": []}
	documents := [{"type": "dockerfile", "operation": "update", "content": {"stages": [{"name": "run", "instructions": [run]}]}}]
	hosts := {trim_prefix(finding.part, "run/") | some finding in piped_download.finding} with input.context.documents as documents
		with data.settings.config.dockerfile as settings
}
