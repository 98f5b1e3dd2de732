import { RegoError } from '../rego-error.ts'

/** Reads a WebAssembly binary from front to back. It never goes past its end: that is a `module_invalid`. */
export type Reader = {
  at(): number
  isAtEnd(): boolean
  byte(): number
  unsigned(): number
  signed(): number
  name(): string
  bytes(count: number): Uint8Array
  skip(count: number): void
  /** Goes past one LEB128 number of any width. */
  skipNumber(): void
}

/** A reader of the bytes from `start` up to `end`. */
export function readerOf(bytes: Uint8Array, start: number, end: number = bytes.length): Reader {
  let position = start
  const skip = (count: number): void => {
    if (position + count > end) throw new RegoError('module_invalid', 'the module ends too early')
    position += count
  }
  const take = (count: number): Uint8Array => {
    skip(count)
    return bytes.subarray(position - count, position)
  }
  const byte = (): number => {
    skip(1)
    return bytes[position - 1] ?? 0
  }
  const number = (isSigned: boolean): number => {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const part = byte()
      value |= (part & 0x7f) << shift
      if (part < 0x80) return isSigned ? extended(value, shift + 7, part) : value >>> 0
    }
    throw new RegoError('module_invalid', 'the module holds a number that is too long')
  }
  return {
    at: () => position,
    isAtEnd: () => position >= end,
    byte,
    unsigned: () => number(false),
    signed: () => number(true),
    name: () => new TextDecoder().decode(take(number(false))),
    bytes: take,
    skip,
    skipNumber: () => {
      while (byte() >= 0x80);
    },
  }
}

function extended(value: number, width: number, lastPart: number): number {
  const isNegative = (lastPart & 0x40) !== 0
  return isNegative && width < 32 ? value | (-1 << width) : value
}

/** LEB128 of a number that is not negative. */
export function unsignedBytes(number: number): readonly number[] {
  return number < 0x80
    ? [number]
    : [(number & 0x7f) | 0x80, ...unsignedBytes(Math.floor(number / 0x80))]
}

/** LEB128 of a number that is not negative, where the sixth bit of the last byte is a sign. */
export function signedBytes(number: number): readonly number[] {
  const bytes = unsignedBytes(number)
  const last = bytes.at(-1) ?? 0
  return last < 0x40 ? bytes : [...bytes.slice(0, -1), last | 0x80, 0x00]
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
