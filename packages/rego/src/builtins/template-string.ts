import { regoText } from '../values/rego-text.ts'
import { isArray, isSet, type RegoValue } from '../values/value.ts'
import type { Builtin } from './builtin.ts'

/** internal.template_string(parts): what `$"… {value} …"` is compiled to; each value comes in a set, which is empty where it is undefined. */
export const templateString: Builtin = ([parts = null]) => {
  if (!isArray(parts) || parts.some((part) => isSet(part) && part.set.length > 1))
    return { failure: 'each part must be one value' }
  return { value: parts.map(textOfPart).join('') }
}

function textOfPart(part: RegoValue): string {
  const value = isSet(part) ? part.set[0] : part
  if (value === undefined) return '<undefined>'
  return typeof value === 'string' ? value : regoText(value)
}
