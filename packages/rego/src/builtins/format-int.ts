import { isNumber } from '../values/value.ts'
import { digitsIn } from './arithmetic.ts'
import { floatOf, truncated } from './big-float.ts'
import type { Builtin } from './builtin.ts'

const bases: ReadonlySet<string> = new Set(['2', '8', '10', '16'])

/** format_int(number, base): the base is compared as it is written, and what is behind a point is cut off. */
export const formatInt: Builtin = ([number = null, base = null], { charge }) => {
  if (!isNumber(number) || !isNumber(base) || !bases.has(base.number))
    return { failure: 'the operands must be a number and 2, 8, 10 or 16' }
  charge((digitsIn(number.number) / 16) ** 2)
  return { value: wholeOf(number.number).toString(Number(base.number)) }
}

function wholeOf(number: string): bigint {
  return /^-?\d+$/.test(number) ? BigInt(number) : truncated(floatOf(number))
}
