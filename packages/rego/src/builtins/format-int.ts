import { isNumber } from '../values/value.ts'
import { floatOf, truncated } from './big-float.ts'
import type { Builtin } from './builtin.ts'

const bases: ReadonlySet<string> = new Set(['2', '8', '10', '16'])

/** format_int(number, base): the base is compared as it is written, and what is behind a point is cut off. */
export const formatInt: Builtin = ([number = null, base = null], { charge }) => {
  if (!isNumber(number) || !isNumber(base) || !bases.has(base.number))
    return { failure: 'the operands must be a number and 2, 8, 10 or 16' }
  charge(workOf(number.number))
  return { value: integerOf(number.number).toString(Number(base.number)) }
}

/** Digits are read and written in a time that grows with their square. */
function workOf(number: string): number {
  const [, exponent = '0'] = number.toLowerCase().split('e')
  return ((number.length + Math.abs(Number(exponent))) / 16) ** 2
}

function integerOf(number: string): bigint {
  return /^-?\d+$/.test(number) ? BigInt(number) : truncated(floatOf(number))
}
