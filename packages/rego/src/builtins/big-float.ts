/**
 * A number as Go's big.Float holds it, with a mantissa of up to 64 bits: OPA reckons with those wherever an operand is no
 * integer. Its value is mantissa × 2^exponent; zero has a sign too.
 */
export type BigFloat = {
  readonly negative: boolean
  readonly mantissa: bigint
  readonly exponent: number
}

/** As many bits as a mantissa has, where nothing else is said. */
export const precision: number = 64

/** The integer that a text writes, be it `2.0` or `1e3`; null where it is none. */
export function integerOf(text: string): bigint | null {
  if (/^-?\d+$/.test(text)) return BigInt(text)
  const { negative, digits, power } = partsOf(text)
  if (digits === 0n) return 0n
  const size = power >= 0 ? digits * 10n ** BigInt(power) : digits / 10n ** BigInt(-power)
  if (power < 0 && size * 10n ** BigInt(-power) !== digits) return null
  return negative ? -size : size
}

/** The nearest one to a number as it is written; of two, the even one. */
export function floatOf(text: string): BigFloat {
  const { negative, digits, power } = partsOf(text)
  if (digits === 0n) return { negative, mantissa: 0n, exponent: 0 }
  if (power >= 0) return nearest({ negative, mantissa: digits * 10n ** BigInt(power), exponent: 0 })
  return ratio({ negative, mantissa: digits, exponent: 0 }, 10n ** BigInt(-power))
}

function partsOf(text: string): {
  readonly negative: boolean
  readonly digits: bigint
  readonly power: number
} {
  const [mantissa = '', exponent = '0'] = text.replace(/^-/, '').toLowerCase().split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  return {
    negative: text.startsWith('-'),
    digits: BigInt(whole + fraction),
    power: Number(exponent) - fraction.length,
  }
}

export function add(left: BigFloat, right: BigFloat): BigFloat {
  const exponent = Math.min(left.exponent, right.exponent)
  const sum = signedAt(left, exponent) + signedAt(right, exponent)
  const negative = sum === 0n ? left.negative && right.negative : sum < 0n
  return nearest({ negative, mantissa: sum < 0n ? -sum : sum, exponent })
}

export function negated(float: BigFloat): BigFloat {
  return { ...float, negative: !float.negative }
}

export function multiply(left: BigFloat, right: BigFloat, bits: number = precision): BigFloat {
  const product = {
    negative: left.negative !== right.negative,
    mantissa: left.mantissa * right.mantissa,
    exponent: left.exponent + right.exponent,
  }
  return nearest(product, bits)
}

/** The divisor must not be zero. */
export function divide(left: BigFloat, right: BigFloat): BigFloat {
  const negative = left.negative !== right.negative
  const exponent = left.exponent - right.exponent
  return ratio({ negative, mantissa: left.mantissa, exponent }, right.mantissa)
}

/** What is before the point. */
export function truncated({ negative, mantissa, exponent }: BigFloat): bigint {
  const size = exponent >= 0 ? mantissa << BigInt(exponent) : mantissa >> BigInt(-exponent)
  return negative ? -size : size
}

export function isInteger(float: BigFloat): boolean {
  const { mantissa, exponent } = float
  return exponent >= 0 || (mantissa >> BigInt(-exponent)) << BigInt(-exponent) === mantissa
}

/** A quotient of integers, rounded once: two bits more than are kept, and one for whether there is a rest. */
function ratio({ negative, mantissa, exponent }: BigFloat, divisor: bigint): BigFloat {
  const shift = Math.max(precision + 2 + bitsIn(divisor) - bitsIn(mantissa), 0)
  const dividend = mantissa << BigInt(shift)
  const whole = dividend / divisor
  const rest = whole * divisor === dividend ? 0n : 1n
  return nearest({ negative, mantissa: (whole << 1n) | rest, exponent: exponent - shift - 1 })
}

function nearest({ negative, mantissa, exponent }: BigFloat, bits: number = precision): BigFloat {
  if (mantissa === 0n) return { negative, mantissa, exponent: 0 }
  const excess = bitsIn(mantissa) - bits
  if (excess <= 0) return { negative, mantissa, exponent }
  const kept = mantissa >> BigInt(excess)
  const twice = (mantissa - (kept << BigInt(excess))) << 1n
  const whole = 1n << BigInt(excess)
  const isUp = twice > whole || (twice === whole && (kept & 1n) === 1n)
  return { negative, mantissa: isUp ? kept + 1n : kept, exponent: exponent + excess }
}

function signedAt({ negative, mantissa, exponent }: BigFloat, lower: number): bigint {
  const size = mantissa << BigInt(exponent - lower)
  return negative ? -size : size
}

export function bitsIn(value: bigint): number {
  if (value === 0n) return 0
  const hex = value.toString(16)
  return 4 * hex.length - Math.clz32(Number.parseInt(hex[0] ?? '0', 16)) + 28
}
