import { textOfBytes } from '../values/utf8.ts'
import { stringsOf, type Builtin } from './builtin.ts'

/** strings.any_prefix_match(search, base): whether any of these strings starts with any of those. */
export const anyPrefixMatch: Builtin = anyMatch((string, prefix) => string.startsWith(prefix))

/** strings.any_suffix_match(search, base). */
export const anySuffixMatch: Builtin = anyMatch((string, suffix) => string.endsWith(suffix))

/** strings.count(search, substring): how often, without overlaps; an empty substring fits around every character. */
export const stringsCount: Builtin = ([search, substring]) => {
  if (typeof search !== 'string' || typeof substring !== 'string')
    return { failure: 'both operands must be strings' }
  const count =
    substring === '' ? Array.from(search).length + 1 : search.split(substring).length - 1
  return { value: { number: String(count) } }
}

/**
 * replace(text, search, other): an empty search fits before each byte and at the end, as it does in OPA, and what it splits is
 * no character any more.
 */
export const replace: Builtin = ([text, search, other], { charge }) => {
  if (typeof text !== 'string' || typeof search !== 'string' || typeof other !== 'string')
    return { failure: 'all operands must be strings' }
  if (search !== '') {
    const parts = text.split(search)
    charge(parts.length * other.length)
    return { value: parts.join(other) }
  }
  const bytes = Buffer.from(text)
  charge((bytes.length + 1) * (other.length + 1))
  const inserted = Buffer.from(other)
  const pieces = [...bytes].flatMap((byte) => [inserted, Buffer.of(byte)])
  return { value: textOfBytes(Buffer.concat([...pieces, inserted])) }
}

function anyMatch(matches: (string: string, affix: string) => boolean): Builtin {
  return ([search, base], { charge }) => {
    const strings = stringsOf(search)
    const affixes = stringsOf(base)
    if (strings === null || affixes === null)
      return { failure: 'both operands must be a string, or an array or a set of strings' }
    charge(strings.length * affixes.length)
    return { value: strings.some((string) => affixes.some((affix) => matches(string, affix))) }
  }
}
