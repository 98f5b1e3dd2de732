import { sortedValues } from '../values/order.ts'
import { isArray, isNumber, isSet, type RegoNumber, type RegoValue } from '../values/value.ts'
import { textOfFloat } from './big-float-text.ts'
import {
  add,
  divide,
  floatOf,
  integerOf,
  multiply,
  negated,
  truncated,
  type BigFloat,
} from './big-float.ts'
import type { Builtin, BuiltinContext } from './builtin.ts'

type OnIntegers = (left: bigint, right: bigint) => bigint
type OnFloats = (left: BigFloat, right: BigFloat) => BigFloat

/**
 * Arithmetic as OPA has it: exact between integers of any size, else with binary numbers of 64 bits, printed with as few digits
 * as tell them apart.
 */
export const arithmetic: readonly (readonly [string, Builtin])[] = [
  ['plus', ofTwo((left, right) => left + right, add)],
  ['minus', ofTwo((left, right) => left - right, subtract)],
  ['mul', ofTwo((left, right) => left * right, (left, right) => multiply(left, right))],
  ['div', quotient],
  ['abs', ofOne((text) => textOfFloat({ ...floatOf(text), negative: false }))],
  ['ceil', ofOne((text) => awayFrom(text, (cut) => cut < 0n, 1n))],
  ['floor', ofOne((text) => awayFrom(text, (cut) => cut >= 0n, -1n))],
  ['round', ofOne(rounded)],
  ['sum', ofMany({ first: 0n, integers: (left, right) => left + right, floats: add, bits: 64 })],
  // OPA begins a product with a number of 53 bits, and it stays one.
  ['product', ofMany({ first: 1n, integers: (left, right) => left * right, floats: (left, right) => multiply(left, right, 53), bits: 53 })],
] // prettier-ignore

const noNumbers = { failure: 'the operands must be numbers' } as const

function ofTwo(integers: OnIntegers, floats: OnFloats): Builtin {
  return ([left = null, right = null], context) => {
    if (!isNumber(left) || !isNumber(right)) return noNumbers
    pay([left, right], context)
    const [one, other] = [integerOf(left.number), integerOf(right.number)]
    if (one !== null && other !== null) return { value: numberOf(integers(one, other)) }
    return { value: { number: textOfFloat(floats(floatOf(left.number), floatOf(right.number))) } }
  }
}

function quotient(
  [left = null, right = null]: readonly RegoValue[],
  context: BuiltinContext,
): ReturnType<Builtin> {
  if (!isNumber(left) || !isNumber(right)) return noNumbers
  pay([left, right], context)
  const divisor = floatOf(right.number)
  if (divisor.mantissa === 0n) return { failure: 'divide by zero' }
  return { value: { number: textOfFloat(divide(floatOf(left.number), divisor)) } }
}

function subtract(left: BigFloat, right: BigFloat): BigFloat {
  return add(left, negated(right))
}

function ofOne(work: (text: string) => string): Builtin {
  return ([number = null], context) => {
    if (!isNumber(number)) return noNumbers
    pay([number], context)
    return { value: { number: work(number.number) } }
  }
}

/** What is cut off at the point, else one step on; between -1 and 1 OPA’s step starts at zero, whichever the sign. */
function awayFrom(text: string, stays: (cut: bigint) => boolean, step: bigint): string {
  const float = floatOf(text)
  const cut = truncated(float)
  const isWhole = subtract(float, floatOf(String(cut))).mantissa === 0n
  return String(isWhole || stays(cut) ? cut : cut + step)
}

function rounded(text: string): string {
  const float = floatOf(text)
  return String(truncated(add(float, { negative: float.negative, mantissa: 1n, exponent: -1 })))
}

type Many = {
  readonly first: bigint
  readonly integers: OnIntegers
  readonly floats: OnFloats
  readonly bits: number
}

function ofMany({ first, integers, floats, bits }: Many): Builtin {
  return ([collection = null], context) => {
    const members = isSet(collection) ? sortedValues(collection.set) : collection
    if (!isArray(members) || !members.every(isNumber))
      return { failure: 'the operand must be an array or a set of numbers' }
    pay(members, context)
    const exact = members.map(({ number }) => integerOf(number))
    if (exact.every((integer) => integer !== null))
      return { value: numberOf(exact.reduce(integers, first)) }
    const all = members.map(({ number }) => floatOf(number))
    return { value: { number: textOfFloat(all.reduce(floats, floatOf(String(first))), bits) } }
  }
}

/** Long digits take a time that grows with their square. */
function pay(numbers: readonly RegoNumber[], { charge }: BuiltinContext): void {
  for (const { number } of numbers) charge((digitsIn(number) / 16) ** 2)
}

export function digitsIn(number: string): number {
  const [mantissa = '', exponent = '0'] = number.toLowerCase().split('e')
  return mantissa.length + Math.abs(Number(exponent))
}

function numberOf(integer: bigint): RegoNumber {
  return { number: String(integer) }
}
