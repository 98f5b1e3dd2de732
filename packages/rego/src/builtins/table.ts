import type { Builtin } from './builtin.ts'
import { formatInt } from './format-int.ts'
import { jsonMarshal, jsonUnmarshal } from './json.ts'
import { objectSubset } from './object-subset.ts'
import { anyPrefixMatch, anySuffixMatch, replace, stringsCount } from './strings.ts'
import { templateString } from './template-string.ts'
import { nowNs, parseRfc3339Ns } from './time.ts'

/** The builtins that this host brings, by Rego's names for them. A module that needs another does not load. */
export const builtins: ReadonlyMap<string, Builtin> = new Map([
  ['format_int', formatInt],
  ['internal.template_string', templateString],
  ['json.marshal', jsonMarshal],
  ['json.unmarshal', jsonUnmarshal],
  ['object.subset', objectSubset],
  ['replace', replace],
  ['strings.any_prefix_match', anyPrefixMatch],
  ['strings.any_suffix_match', anySuffixMatch],
  ['strings.count', stringsCount],
  ['time.now_ns', nowNs],
  ['time.parse_rfc3339_ns', parseRfc3339Ns],
])

export const hostBuiltins: readonly string[] = [...builtins.keys()]
