import { escapeHtml, jsonOf } from '../values/json.ts'
import { decimalOf } from '../values/order.ts'
import { readValue } from '../values/read.ts'
import { isArray, isNumber, isObject, type RegoValue } from '../values/value.ts'
import type { Builtin, BuiltinContext } from './builtin.ts'

/** json.marshal(value): as Go writes it, which escapes what might end up in HTML. */
export const jsonMarshal: Builtin = ([value = null]) => ({ value: escapeHtml(jsonOf(value)) })

/** json.is_valid(text): false of all that is no text, too. */
export const jsonIsValid: Builtin = ([text]) => ({
  value: typeof text === 'string' && isJson(text),
})

/** json.unmarshal(text): a number keeps its digits, and must be one that OPA can reckon with. */
export const jsonUnmarshal: Builtin = ([text], { charge }) => {
  if (typeof text !== 'string') return { failure: 'the operand must be a string' }
  const json = isJson(text) ? text : beforeNull(text, charge)
  if (json === null) return { failure: 'the operand is not JSON' }
  const value = readValue(json)
  return isInRange(value) ? { value: mended(value) } : { failure: 'a number in it is out of range' }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** OPA takes a null behind a value for the end of the text, whatever follows. */
function beforeNull(text: string, charge: BuiltinContext['charge']): string | null {
  for (let at = text.indexOf('null'); at !== -1; at = text.indexOf('null', at + 1)) {
    charge(at)
    const before = text.slice(0, at)
    if (isJson(before)) return before
  }
  return null
}

function isInRange(value: RegoValue): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (isArray(value)) return value.every(isInRange)
  if (isObject(value)) return value.members.every(([, member]) => isInRange(member))
  return !isNumber(value) || isReckonable(value.number)
}

/** OPA bounds the binary exponent of what is written with one; `1e-40000` takes too long to print. */
const maxBinaryExponent = 100_000

export function isReckonable(number: string): boolean {
  if (!/e/i.test(number)) return true
  const { digits, power } = decimalOf(number)
  const exponent = digits === '' ? 0 : Math.log2(Number(`0.${digits}`)) + power * Math.log2(10)
  return Math.abs(Math.floor(exponent) + 1) <= maxBinaryExponent
}

/** The last one of equal keys stays, and half a surrogate pair is the replacement character. */
function mended(value: RegoValue): RegoValue {
  if (typeof value === 'string') return value.toWellFormed()
  if (value === null || typeof value === 'boolean' || isNumber(value)) return value
  if (isArray(value)) return value.map(mended)
  if (!isObject(value)) return value
  const members = value.members.map(([name, member]) => [mended(name), mended(member)] as const)
  return { members: [...new Map(members)] }
}
