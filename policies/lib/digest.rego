# METADATA
# title: Digests
# description: A digest names content and nothing else, so what was checked is what will run. A tag can be moved.
package lib.digest

import data.lib.text

# An algorithm of the settings, a colon, and exactly as many digits as it has.
is_digest(value) if {
	[algorithm, digits] := split(value, ":")
	text.is_hex(digits, data.settings.deploy.digests[algorithm])
}
