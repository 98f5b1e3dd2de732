package lib.scripts_test

import data.lib.scripts

test_a_shell_reads_what_comes if {
	scripts.runs_unseen("set -e\ncurl -fsSL https://get.example/install.sh | bash") == {["get.example", "bash"]}
	scripts.runs_unseen("curl https://get.example/a?b=1&c=2 | sudo -E sh -s -- -y") == {["get.example", "sh"]}
	scripts.runs_unseen("(wget -qO- \"https://get.example\" \\\n  | /bin/zsh)") == {["get.example", "zsh"]}
	scripts.runs_unseen("curl https://get.example | sh") == {["get.example", "sh"]}
	scripts.runs_unseen("curl 'https://get.example' | sh") == {["get.example", "sh"]}
	scripts.runs_unseen("curl \"$URL\" | sh; true") == {["the network", "sh"]}
	scripts.runs_unseen("curl https://get.example/a.py | python3 -\n") == {["get.example", "python3"]}
	scripts.runs_unseen("curl https://get.example/a.py | python3") == {["get.example", "python3"]}
}

test_it_is_handed_over if {
	scripts.runs_unseen("bash <(curl -s https://get.example/bash)") == {["get.example", "bash"]}
	scripts.runs_unseen("sh -c \"$(curl -fsSL https://get.example/x)\"") == {["get.example", "sh"]}
	scripts.runs_unseen("eval \"$(wget -qO- https://get.example/x)\"") == {["get.example", "eval"]}
}

test_so_does_powershell if {
	scripts.runs_unseen("irm https://get.example/a.ps1 | iex") == {["get.example", "iex"]}
	scripts.runs_unseen("iex (irm https://get.example/a.ps1)") == {["get.example", "iex"]}
	scripts.runs_unseen("IEX ((New-Object Net.WebClient).DownloadString('https://get.example/a.ps1'))") == {["get.example", "iex"]}
	scripts.runs_unseen("Invoke-WebRequest https://get.example/a.msi -OutFile a.msi; msiexec /i a.msi") == set()
}

test_data_is_no_program if {
	scripts.runs_unseen("curl -s https://api.example/x | jq -r .tag") == set()
	scripts.runs_unseen("curl -s https://api.example/x | python3 -c 'import json'") == set()
	scripts.runs_unseen("curl -s https://api.example/x | python -m json.tool") == set()
	scripts.runs_unseen("curl -s https://api.example/x | shasum -c") == set()
	scripts.runs_unseen("curl -o a https://get.example/a && echo x | sh") == set()
	scripts.runs_unseen("TAG=$(curl -s https://api.example/x)\necho x | bash") == set()
	scripts.runs_unseen(null) == set()
	scripts.runs_unseen("npm ci") == set()
}

test_a_commit_is_the_same_tomorrow if {
	scripts.runs_unseen("curl https://raw.example/o/r/0a727065ae5a2313e8e6acf172844e8ca30c1822/install.sh | bash") == set()
	scripts.runs_unseen("curl https://raw.example/o/r/main/install.sh | bash") == {["raw.example", "bash"]}
}

test_a_line_reads_a_variable_by_its_whole_name if {
	every line in ["echo $NAME", "echo \"${NAME}\"", "$NAME/bin", "Write-Output $env:NAME", "${NAME:-a}"] {
		scripts.reads(line, "NAME")
	}
	every line in ["echo NAME", "$NAMES", "$NAME_2", "$OTHER"] {
		not scripts.reads(line, "NAME")
	}
}

test_a_command_is_called if {
	scripts.calls("for dir in *; do (cd $dir && npm publish); done", "npm publish")
	scripts.calls("npm publish --access public", "npm publish")
	not scripts.calls("# npm publish\necho \"npm publish\"\nprintf 'npm publish'", "npm publish")
	not scripts.calls("detail='npm publishing was skipped'", "npm publish")
}
