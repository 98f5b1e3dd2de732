/** Standard base 64 with padding (RFC 4648, 4). */
export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}

/** The bytes of a text that is exactly what `toBase64` would write of them; null for any other spelling. */
export function fromBase64(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, 'base64')
  return toBase64(bytes) === text ? new Uint8Array(bytes) : null
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** A whole number in decimal, as these formats write it: no sign, no leading zero, no more than a double can hold. */
export function readDecimal(text: string): number | null {
  const number = /^(?:0|[1-9]\d*)$/.test(text) ? Number(text) : Number.NaN
  return Number.isSafeInteger(number) ? number : null
}

/** True when the text has a control character of ASCII that is not among these. */
export function hasControl(text: string, allowed: string): boolean {
  return text.split('').some((letter) => letter < ' ' && !allowed.includes(letter))
}
