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
