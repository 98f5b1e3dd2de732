# METADATA
# title: Scripts
# description: |
#   What the script of a step does, by its text. A pattern is dear, and few scripts fetch anything: those are told by a word
#   first.
package lib.scripts

# What a script fetches and runs at once: pairs of the host, or of what stands for it, and of what runs it.
runs_unseen(script) := found if {
	is_string(script)
	some word in ["curl", "wget", "irm", "iwr", "nvoke-", "ownload"]
	contains(script, word)
	line := replace(replace(script, "\\\n", " "), "`\n", " ")
	found := {[host(arguments), lower(concat("", [reader, shell]))] |
		some pattern in patterns
		some [_, reader, arguments, shell] in regex.find_all_string_submatch_n(pattern, line, -1)
		not is_pinned(arguments)
	}
} else := set()

# Each has three groups: what runs it where that comes first, what is fetched, what runs it where that comes last.
patterns := [
	# `curl … | bash`
	`()(?:^|[\s;&|("'])(?:curl|wget)\s((?:[^|;&\n]|&[^&\n])*)\|\s*(?:sudo\s+(?:-\S+\s+)*)?(?:\S*/)?((?:ba|da|k|z)?sh)(?:$|[\s;&|)"'])`,
	# `curl … | python3 -`, but not with a program of its own
	`()(?:^|[\s;&|("'])(?:curl|wget)\s((?:[^|;&\n]|&[^&\n])*)\|\s*(?:sudo\s+(?:-\S+\s+)*)?(?:\S*/)?(python3?|perl|node|ruby|php)\s*(?:-\s[^\n]*|-|)(?:$|[\n;&|)"'])`,
	# `bash <(curl …)`, `sh -c "$(curl …)"`, `eval "$(curl …)"`
	`(?:^|[\s;&|("'])((?:ba|da|k|z)?sh|source|eval)\s+(?:-\S+\s+)*["']?(?:<\(|\$\(|\x60)\s*(?:curl|wget)\s([^)\x60\n]*)()`,
	# `irm … | iex`
	`(?i)()(?:^|[\s;&|("'])(?:irm|iwr|invoke-restmethod|invoke-webrequest)\s([^|\n]*)\|\s*(iex|invoke-expression)`,
	# `iex (irm …)`, `iex ((New-Object Net.WebClient).DownloadString('…'))`
	`(?i)(?:^|[\s;&|("'])(iex|invoke-expression)\s*[("&{ $]*(?:irm\s|iwr\s|invoke-restmethod\s|invoke-webrequest\s|new-object\s[^)\n]*\)\.downloadstring\()([^)\n]*)()`,
]

host(arguments) := split(replace(replace(split(address, "/")[0], "\"", " "), "'", " "), " ")[0] if {
	[_, address] := array.slice(split(arguments, "://"), 0, 2)
} else := "the network"

# Named by a commit, it is the same script tomorrow.
is_pinned(arguments) if {
	some step in split(arguments, "/")
	count(step) == 40
	trim(step, "0123456789abcdef") == ""
}

# Whether a line of a script reads a variable, in a shell of any kind.
reads(line, name) if {
	some begin in ["$", "${", "$env:", "${env:"]
	some at, piece in split(line, $"{begin}{name}")
	at > 0
	not is_longer(piece)
}

# A variable and those of a script that hold its text as it is, in a shell of POSIX. One that is set again may hold another
# text by then.
holders(script, name) := {name} | {copy |
	some command in commands(script)
	[copy, value] := split(command, "=")
	value in {template | some form in ["$NAME", "${NAME}", `"$NAME"`, `"${NAME}"`]; template := replace(form, "NAME", name)}
	count([other | some other in commands(script); sets(other, copy)]) == 1
}

sets(command, name) if strings.any_prefix_match(command, [$"{name}=", $"{name}+="])

sets(command, name) if {
	strings.any_prefix_match(command, ["for ", "mapfile ", "printf -v ", "read ", "readarray "])
	name in split(command, " ")
}

# Whether a script calls a command, and does not only write about it.
calls(script, command) if {
	contains(script, command)
	some line in commands(script)
	not strings.any_prefix_match(line, ["#", "echo ", "printf "])
	some at, piece in split(line, command)
	at > 0
	not is_longer(piece)
}

# Near enough to find what sets a variable.
commands(script) := [trim_space(command) | some command in split(strings.replace_n(breaks, script), "\n")]

breaks := {
	"&&": "\n",
	";": "\n",
	"do ": "\n",
	"else ": "\n",
	"export ": "\n",
	"local ": "\n",
	"readonly ": "\n",
	"then ": "\n",
	"while ": "\n",
	"||": "\n",
}

# The name goes on behind the one that is looked for.
is_longer(piece) if {
	piece != ""
	contains("abcdefghijklmnopqrstuvwxyz0123456789_", lower(substring(piece, 0, 1)))
}
