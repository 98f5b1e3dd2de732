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
