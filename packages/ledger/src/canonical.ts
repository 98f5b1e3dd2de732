import { isList, type Json } from '@writ/domain'

/**
 * The canonical text of a JSON value, as RFC 8785 (JCS) defines it: equal values have equal text.
 * Throws a TypeError on what JCS cannot carry: a number that is not finite, a text with a lone surrogate.
 */
export function canonicalText(value: Json): string {
  if (typeof value === 'string') return canonicalString(value)
  if (typeof value === 'number') return canonicalNumber(value)
  if (value === null || typeof value === 'boolean') return String(value)
  if (isList(value)) return `[${value.map(canonicalText).join(',')}]`
  const members = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1))
  return `{${members.map(([name, member]) => `${canonicalString(name)}:${canonicalText(member)}`).join(',')}}`
}

/** The canonical text as UTF-8. */
export function canonicalBytes(value: Json): Uint8Array {
  return new TextEncoder().encode(canonicalText(value))
}

function canonicalString(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('a lone surrogate has no canonical form')
  return JSON.stringify(text)
}

function canonicalNumber(number: number): string {
  if (!Number.isFinite(number)) throw new TypeError(`${number} has no canonical form`)
  return JSON.stringify(number)
}
