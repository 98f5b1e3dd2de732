import type { Builtin } from './builtin.ts'
import { arithmetic } from './arithmetic.ts'
import { base64Decode, base64IsValid, base64UrlDecode } from './base64.ts'
import { cidrContains, cidrIntersects } from './cidr.ts'
import { formatInt } from './format-int.ts'
import { globMatch } from './glob.ts'
import { jsonIsValid, jsonMarshal, jsonUnmarshal } from './json.ts'
import { objectSubset } from './object-subset.ts'
import { anyPrefixMatch, anySuffixMatch, replace, stringsCount } from './strings.ts'
import { templateString } from './template-string.ts'
import { toNumber } from './to-number.ts'
import { nowNs, parseRfc3339Ns } from './time.ts'

/** The builtins that this host brings, by Rego's names for them. A module that needs another does not load. */
export const builtins: ReadonlyMap<string, Builtin> = new Map([
  ...arithmetic,
  ['base64.decode', base64Decode],
  ['base64.is_valid', base64IsValid],
  ['base64url.decode', base64UrlDecode],
  ['format_int', formatInt],
  ['glob.match', globMatch],
  ['internal.template_string', templateString],
  ['json.is_valid', jsonIsValid],
  ['json.marshal', jsonMarshal],
  ['json.unmarshal', jsonUnmarshal],
  ['net.cidr_contains', cidrContains],
  ['net.cidr_intersects', cidrIntersects],
  ['net.cidr_overlap', cidrContains], // its name of before OPA 1.0
  ['object.subset', objectSubset],
  ['replace', replace],
  ['strings.any_prefix_match', anyPrefixMatch],
  ['strings.any_suffix_match', anySuffixMatch],
  ['strings.count', stringsCount],
  ['time.now_ns', nowNs],
  ['time.parse_rfc3339_ns', parseRfc3339Ns],
  ['to_number', toNumber],
])

export const hostBuiltins: readonly string[] = [...builtins.keys()]
