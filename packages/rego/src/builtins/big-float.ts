/**
 * A number as Go's big.Float holds it, with a mantissa of up to 64 bits: OPA reckons with those wherever an operand is no
 * integer. Its value is mantissa × 2^exponent; zero has a sign too.
 */
type BigFloat = {
  readonly negative: boolean
  readonly mantissa: bigint
  readonly exponent: number
}

const precision = 64

/** The nearest one to a number as it is written; of two, the even one. */
export function floatOf(text: string): BigFloat {
  const negative = text.startsWith('-')
  const [mantissa = '', exponent = '0'] = text.replace('-', '').toLowerCase().split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  const digits = BigInt(whole + fraction)
  const power = Number(exponent) - fraction.length
  if (digits === 0n || power >= 0)
    return nearest({ negative, mantissa: digits * 10n ** BigInt(Math.max(power, 0)), exponent: 0 })
  return ratio({ negative, mantissa: digits, exponent: 0 }, 10n ** BigInt(-power))
}

/** What is before the point. */
export function truncated({ negative, mantissa, exponent }: BigFloat): bigint {
  const size = exponent >= 0 ? mantissa << BigInt(exponent) : mantissa >> BigInt(-exponent)
  return negative ? -size : size
}

/** A quotient of integers, rounded once: two bits more than are kept, and one for whether there is a rest. */
function ratio({ negative, mantissa, exponent }: BigFloat, divisor: bigint): BigFloat {
  const shift = Math.max(precision + 2 + bitsIn(divisor) - bitsIn(mantissa), 0)
  const dividend = mantissa << BigInt(shift)
  const whole = dividend / divisor
  const rest = whole * divisor === dividend ? 0n : 1n
  return nearest({ negative, mantissa: (whole << 1n) | rest, exponent: exponent - shift - 1 })
}

function nearest({ negative, mantissa, exponent }: BigFloat): BigFloat {
  if (mantissa === 0n) return { negative, mantissa, exponent: 0 }
  const excess = bitsIn(mantissa) - precision
  if (excess <= 0) return { negative, mantissa, exponent }
  const kept = mantissa >> BigInt(excess)
  const twice = (mantissa - (kept << BigInt(excess))) << 1n
  const whole = 1n << BigInt(excess)
  const isUp = twice > whole || (twice === whole && (kept & 1n) === 1n)
  return { negative, mantissa: isUp ? kept + 1n : kept, exponent: exponent + excess }
}

function bitsIn(value: bigint): number {
  if (value === 0n) return 0
  const hex = value.toString(16)
  return 4 * hex.length - Math.clz32(Number.parseInt(hex[0] ?? '0', 16)) + 28
}
