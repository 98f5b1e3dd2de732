package config.dockerfile.open_permissions_test

import data.config.dockerfile.open_permissions

document(instruction) := {"type": "dockerfile", "id": "Dockerfile", "operation": "update", "content": {"stages": [{"name": "run", "instructions": [instruction]}]}}

messages(instruction) := found if {
	found := {finding.message | some finding in open_permissions.finding} with input.context.documents as [document(instruction)]
		with data.settings.config.dockerfile as {"wrappers": []}
}

chmod(words) := messages({"keyword": "RUN", "commands": [{"words": array.concat(["chmod"], words), "assignments": [], "piped": false}]})

test_applies_to_dockerfiles if {
	open_permissions.applies == {0} with input.context.documents as [document({})] with data.settings.config.dockerfile as {"wrappers": []}
}

test_modes_that_let_all_write if {
	chmod(["-R", "777", "/a"]) == {"Stage run sets the mode 777 on /a: every user of the container may change it."}
	every mode in ["0666", "2777", "a+w", "o=rwx", "g+r,ugo+rwX"] {
		count(chmod([mode, "/a"])) == 1
	}
	messages({"keyword": "COPY", "flags": [{"name": "chmod", "value": "777"}], "args": ["a", "/b"]}) == {"Stage run sets the mode 777 on /b: every user of the container may change it."}
}

test_modes_that_do_not if {
	every mode in ["755", "1777", "664", "+w", "g+w", "a+x", "o-w", "a+rwxt", "77777"] {
		chmod([mode, "/a"]) == set()
	}
}

test_what_is_taken_away_again if {
	words := [["chmod", "777", "$dir"], ["rm", "-rf", "$dir"]]
	messages({"keyword": "RUN", "commands": [{"words": command, "assignments": [], "piped": false} | some command in words]}) == set()
}

test_what_stays_beside_something_that_goes if {
	words := [["chmod", "777", "$dir"], ["rm", "-rf", "$other"]]
	count(messages({"keyword": "RUN", "commands": [{"words": command, "assignments": [], "piped": false} | some command in words]})) == 1
}
