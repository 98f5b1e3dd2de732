import { compareStrings, membersInOrder, sortedValues } from './order.ts'
import {
  isArray,
  isNumber,
  isSet,
  type RegoArray,
  type RegoObject,
  type RegoValue,
} from './value.ts'

/**
 * The value as JSON, as OPA gives it out: a set as an array in Rego's order, an object by its keys, a key that is no
 * string as the text of its own JSON. Numbers keep their digits.
 */
export function jsonOf(value: RegoValue): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return JSON.stringify(value)
  if (isArray(value)) return `[${value.map(jsonOf).join(',')}]`
  if (isNumber(value)) return value.number
  if (isSet(value)) return `[${inOrder(value.set).map(jsonOf).join(',')}]`
  return objectText(value)
}

/** One alone is in order: a look costs less than to put in order what is in it, too. */
function inOrder(values: RegoArray): RegoArray {
  return values.length < 2 ? values : sortedValues(values)
}

function objectText(object: RegoObject): string {
  const members = namedMembers(object)
  members.sort(([left], [right]) => compareStrings(left, right))
  const texts = members.map(([name, member]) => `${JSON.stringify(name)}:${jsonOf(member)}`)
  return `{${texts.join(',')}}`
}

/** Two keys may come to one name, as 1 and "1" do: the later one stays, as in a map of Go. */
function namedMembers(object: RegoObject): (readonly [string, RegoValue])[] {
  const named: (readonly [string, RegoValue])[] = []
  for (const [key, member] of object.members) if (typeof key === 'string') named.push([key, member])
  if (named.length === object.members.length) return named
  return [...new Map(membersInOrder(object).map(([key, member]) => [nameOf(key), member]))]
}

function nameOf(key: RegoValue): string {
  if (typeof key === 'string') return key
  return escapeHtml(jsonOf(key))
}

/** Go writes these so wherever JSON might end up in HTML; where JSON stands in a string it shows. */
export function escapeHtml(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, escaped)
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
