import { membersInOrder, sortedValues } from './order.ts'
import { isArray, isNumber, isSet, type RegoValue } from './value.ts'

/** The value as OPA prints it in messages: sets and objects in Rego's order, strings in quotation marks of Go. */
export function regoText(value: RegoValue): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return quoted(value)
  if (isNumber(value)) return value.number
  if (isArray(value)) return `[${value.map(regoText).join(', ')}]`
  if (isSet(value))
    return value.set.length === 0
      ? 'set()'
      : `{${sortedValues(value.set).map(regoText).join(', ')}}`
  const members = membersInOrder(value).map(
    ([key, member]) => `${regoText(key)}: ${regoText(member)}`,
  )
  return `{${members.join(', ')}}`
}

const short: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\u0007', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
])

/** What Go takes for visible: letters, marks, numbers, punctuation, symbols, and of spaces the plain one. */
const toEscape = /["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu

function quoted(text: string): string {
  return `"${text.replace(toEscape, (character) => short.get(character) ?? escaped(character))}"`
}

function escaped(character: string): string {
  const point = character.codePointAt(0) ?? 0
  const hex = (digits: number): string => point.toString(16).padStart(digits, '0')
  if (point < 0x20 || point === 0x7f) return `\\x${hex(2)}`
  return point > 0xffff ? `\\U${hex(8)}` : `\\u${hex(4)}`
}
