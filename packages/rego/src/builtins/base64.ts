import { textOfBytes } from '../values/utf8.ts'
import type { Builtin } from './builtin.ts'

/** base64.is_valid(text): false of all that is no text, too. */
export const base64IsValid: Builtin = ([text]) => ({
  value: typeof text === 'string' && bytesOf(text) !== null,
})

/** base64.decode(text): padded; ends of lines are passed over. */
export const base64Decode: Builtin = ([text]) =>
  decoded(typeof text === 'string' ? bytesOf(text) : null)

/** base64url.decode(text): the padding may be left out. */
export const base64UrlDecode: Builtin = ([text]) => {
  if (typeof text !== 'string' || /[+/]/.test(text)) return decoded(null)
  const padding = text.endsWith('=') ? '' : '='.repeat(-Buffer.byteLength(text) & 3)
  return decoded(
    padding === '===' ? null : bytesOf(text.replaceAll('-', '+').replaceAll('_', '/') + padding),
  )
}

function decoded(bytes: Uint8Array | null): ReturnType<Builtin> {
  return bytes === null
    ? { failure: 'the operand is not in base 64' }
    : { value: textOfBytes(bytes) }
}

const whole = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

function bytesOf(text: string): Uint8Array | null {
  const plain = text.replace(/[\r\n]/g, '')
  return whole.test(plain) ? Buffer.from(plain, 'base64') : null
}
