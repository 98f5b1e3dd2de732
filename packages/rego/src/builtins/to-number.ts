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
  const isDecimal = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(value)
  if (!isDecimal || !Number.isFinite(Number(value)) || !isReckonable(value))
    return { failure: 'the operand is not a number as Go reads it' }
  return { value: { number: written(value) } }
}

/** Without the sign and the dot that JSON has not, and with the zero that it has. */
function written(text: string): string {
  return text
    .replace(/^\+/, '')
    .replace(/^(-?)\./, '$10.')
    .replace(/\.(?=$|[eE])/, '')
}
