import type { Builtin } from './builtin.ts'

/** time.now_ns(): the instant that the evaluation was given, the same at every call. */
export const nowNs: Builtin = (_, { now }) => ({ value: { number: String(now) } })

/** time.parse_rfc3339_ns(text): nanoseconds since 1970; what Go's reader of RFC 3339 refuses is a failure. */
export const parseRfc3339Ns: Builtin = ([text]) => {
  if (typeof text !== 'string') return { failure: 'the operand must be a string' }
  const instant = instantOf(text)
  if (instant === null) return { failure: 'the operand is not an instant as RFC 3339 writes it' }
  if (instant < -(2n ** 63n) || instant >= 2n ** 63n)
    return { failure: 'the instant is outside of the range of 64-bit nanoseconds' }
  return { value: { number: String(instant) } }
}

/** Go reads an hour of one digit, a comma before a fraction, and offsets of up to 24:60. */
const pattern =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{1,2}):(\d{2}):(\d{2})(?:[.,](\d+))?(?:Z|([-+])(\d{2}):(\d{2}))$/

function instantOf(text: string): bigint | null {
  const [, year, month, day, hour, minute, second, fraction = '', ...zone] =
    pattern.exec(text) ?? []
  const date = [Number(year), Number(month), Number(day)] as const
  const time = [Number(hour), Number(minute), Number(second)] as const
  const offset = offsetOf(zone)
  if (!isDate(date) || !isTime(time) || offset === null) return null
  const seconds = secondsOf(date, time) - offset
  return BigInt(seconds) * 1_000_000_000n + BigInt(fraction.slice(0, 9).padEnd(9, '0'))
}

function offsetOf([sign, hours, minutes]: readonly (string | undefined)[]): number | null {
  if (sign === undefined) return 0
  const [hour, minute] = [Number(hours), Number(minutes)]
  if (hour > 24 || minute > 60) return null
  return (hour * 3600 + minute * 60) * (sign === '-' ? -1 : 1)
}

type Three = readonly [number, number, number]

function isDate([year, month, day]: Three): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

function isTime([hour, minute, second]: Three): boolean {
  return hour < 24 && minute < 60 && second < 60
}

function daysIn(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
}

function secondsOf([year, month, day]: Three, [hour, minute, second]: Three): number {
  const at = new Date(0)
  at.setUTCFullYear(year, month - 1, day)
  at.setUTCHours(hour, minute, second)
  return at.getTime() / 1000
}
