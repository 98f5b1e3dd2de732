import type { Builtin } from './builtin.ts'
import { objectSubset } from './object-subset.ts'
import { anyPrefixMatch, anySuffixMatch, stringsCount } from './strings.ts'
import { nowNs, parseRfc3339Ns } from './time.ts'

/** The builtins that this host brings, by Rego's names for them. A module that needs another does not load. */
export const builtins: ReadonlyMap<string, Builtin> = new Map([
  ['object.subset', objectSubset],
  ['strings.any_prefix_match', anyPrefixMatch],
  ['strings.any_suffix_match', anySuffixMatch],
  ['strings.count', stringsCount],
  ['time.now_ns', nowNs],
  ['time.parse_rfc3339_ns', parseRfc3339Ns],
])

export const hostBuiltins: readonly string[] = [...builtins.keys()]
