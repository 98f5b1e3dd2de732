import { isNumber } from '../values/value.ts'
import type { Builtin } from './builtin.ts'
import { isReckonable } from './json.ts'

/** to_number(value): null and booleans are 0 and 1, and a text is what Go reads as a decimal number, in its own digits. */
export const toNumber: Builtin = ([value = null]) => {
  if (value === null || typeof value === 'boolean')
    return { value: { number: value === true ? '1' : '0' } }
  if (typeof value !== 'string')
    return isNumber(value)
      ? { value }
      : { failure: 'the operand is no null, boolean, number or string' }
  const number = decimal.test(value) ? written(value) : null
  return number === null || !isInRange(number)
    ? { failure: 'the operand is not a number as Go reads it' }
    : { value: { number } }
}

/** Go has underscores between digits, zeros before them, and no digit on one side of the dot. */
const digits = String.raw`\d+(?:_\d+)*`
const decimal = new RegExp(
  String.raw`^[-+]?(?:${digits}\.?(?:${digits})?|\.${digits})(?:[eE][-+]?${digits})?$`,
)

/** Without the signs, zeros and dots that JSON has not, and with the zero that it has. */
function written(text: string): string {
  return text
    .replaceAll('_', '')
    .replace(/^\+/, '')
    .replace(/^(-?)0+(?=\d)/, '$1')
    .replace(/^(-?)\./, '$10.')
    .replace(/\.(?=$|[eE])/, '')
}

function isInRange(number: string): boolean {
  return Number.isFinite(Number(number)) && isReckonable(number)
}
