import { bitsIn, isInteger, precision, type BigFloat } from './big-float.ts'

/** 0.digits × 10^point, without zeros at the end. */
type Decimal = { readonly digits: string; readonly point: number }

/** The shortest text that reads as the same number, as OPA prints what it reckoned: an integer in full, else as `%g` does. */
export function textOfFloat(float: BigFloat, bits: number = precision): string {
  const sign = float.negative ? '-' : ''
  if (float.mantissa === 0n) return `${sign}0`
  const { digits, point } = shortest(float, bits)
  if (!isInteger(float) && (point - 1 < -4 || point - 1 >= 6))
    return `${sign}${scientific(digits, point - 1)}`
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  const fraction = digits.slice(point)
  return `${sign}${digits.slice(0, point).padEnd(point, '0')}${fraction === '' ? '' : `.${fraction}`}`
}

function scientific(digits: string, exponent: number): string {
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : ''
  const size = String(Math.abs(exponent)).padStart(2, '0')
  return `${digits.slice(0, 1)}${fraction}e${exponent < 0 ? '-' : '+'}${size}`
}

/** A number, the two that lie halfway to its neighbours, and whether those read as it does. */
type Interval = {
  readonly value: Decimal
  readonly lower: Decimal
  readonly upper: Decimal
  readonly isClosed: boolean
}

/**
 * The fewest digits between the two numbers halfway to its neighbours. It goes from digit to digit until cutting off or
 * rounding up there stays between them.
 */
function shortest(float: BigFloat, bits: number): Decimal {
  const interval = intervalOf(float, bits)
  const { value } = interval
  for (let count = 1; count <= value.digits.length; count += 1) {
    const isCut = canCut(interval, count)
    if (canRaise(interval, count) && (!isCut || roundsUp(value.digits, count)))
      return raised(value, count)
    if (isCut) return cut(value, count)
  }
  return value
}

function intervalOf({ mantissa, exponent }: BigFloat, bits: number): Interval {
  const shift = bits + 1 - bitsIn(mantissa)
  const full = shift >= 0 ? mantissa << BigInt(shift) : mantissa >> BigInt(-shift)
  const isClosed = (full & 2n) === 0n
  const at = (size: bigint): Decimal => decimalOf(size, exponent - shift)
  return { value: at(full), lower: at(full - 1n), upper: at(full + 1n), isClosed }
}

function canCut({ value, lower, isClosed }: Interval, count: number): boolean {
  return (
    digitOf(value, count) !== digitOf(lower, count) || (isClosed && count === lower.digits.length)
  )
}

function canRaise({ value, upper, isClosed }: Interval, count: number): boolean {
  const [digit, above] = [digitOf(value, count), digitOf(upper, count)]
  return digit !== above && (isClosed || digit + 1 < above || count < upper.digits.length)
}

/** The last of so many digits. */
function digitOf({ digits }: Decimal, count: number): number {
  return Number(digits[count - 1] ?? '0')
}

function decimalOf(size: bigint, exponent: number): Decimal {
  if (exponent >= 0) {
    const digits = (size << BigInt(exponent)).toString()
    return { digits: digits.replace(/0+$/, ''), point: digits.length }
  }
  // size × 2^-n = size × 5^n × 10^-n
  const digits = (size * 5n ** BigInt(-exponent)).toString()
  return { digits: digits.replace(/0+$/, ''), point: digits.length + exponent }
}

/** Half is rounded to the even digit. */
function roundsUp(digits: string, count: number): boolean {
  if (digits[count] === '5' && digits.length === count + 1)
    return Number(digits[count - 1] ?? '0') % 2 === 1
  return (digits[count] ?? '0') >= '5'
}

function cut({ digits, point }: Decimal, count: number): Decimal {
  return { digits: digits.slice(0, count).replace(/0+$/, ''), point }
}

function raised({ digits, point }: Decimal, count: number): Decimal {
  if (count >= digits.length) return { digits, point }
  const kept = digits.slice(0, count).replace(/9+$/, '')
  if (kept === '') return { digits: '1', point: point + 1 }
  return { digits: `${kept.slice(0, -1)}${Number(kept.slice(-1)) + 1}`, point }
}
