import { createHash } from 'node:crypto'
import { canonicalText } from './canonical.ts'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** Whose attempt a key names: the same key of another principal is another attempt. */
export type Attempt = {
  readonly tenant: string
  readonly principal: string
  readonly key: string
}

/** The id that a keyed attempt has for ever: 128 bits of SHA-256 over tenant, principal and key, unambiguously joined. */
export function keyedId(prefix: string, { tenant, principal, key }: Attempt): string {
  const hash = createHash('sha256')
    .update(canonicalText([tenant, principal, key]))
    .digest()
  return `${prefix}_${base32(hash.subarray(0, 16))}`
}

/** A UUIDv7's 128 bits (RFC 9562): ordered by milliseconds, the rest is the random bytes that are handed in. */
export function timedId(prefix: string, milliseconds: number, random: Uint8Array): string {
  const bits = new Uint8Array(16)
  bits.set(random.subarray(0, 10), 6)
  new DataView(bits.buffer).setUint32(0, Math.floor(milliseconds / 0x10000))
  new DataView(bits.buffer).setUint16(4, milliseconds % 0x10000)
  bits[6] = 0x70 | ((bits[6] ?? 0) & 0x0f)
  bits[8] = 0x80 | ((bits[8] ?? 0) & 0x3f)
  return `${prefix}_${base32(bits)}`
}

/** Crockford's base 32 in lower case, most significant bit first, so that texts order as the bytes do. */
function base32(bytes: Uint8Array): string {
  let text = ''
  let held = 0
  let count = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    count += 8
    while (count >= 5) {
      count -= 5
      text += alphabet[(held >> count) & 31]
    }
    held &= (1 << count) - 1
  }
  return count > 0 ? text + alphabet[(held << (5 - count)) & 31] : text
}
