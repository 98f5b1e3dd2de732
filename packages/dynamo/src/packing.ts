import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { damaged } from './item.ts'

/** Above this a body is not packed: it takes long, and lies in parts as it is. */
const maxPacked = 256 * 1024

/**
 * A body as it lies in an item: smaller where it can be. A record says the same words many times over, and each change of one of
 * its marks is paid for by the size of the whole item.
 */
export function packed(content: Uint8Array): Uint8Array {
  if (content.length > maxPacked) return content
  const smaller = deflateRawSync(content, { level: 3 })
  return smaller.length < content.length ? smaller : content
}

/** What was packed, which was of this size: bytes that are fewer are packed, and it is never made larger than it was. */
export function unpacked(bytes: Uint8Array, size: number): Uint8Array {
  if (bytes.length === size) return bytes
  const content = inflated(bytes, size)
  if (content.length === size) return content
  throw damaged('content')
}

function inflated(bytes: Uint8Array, size: number): Uint8Array {
  try {
    return new Uint8Array(inflateRawSync(bytes, { maxOutputLength: Math.max(size, 1) }))
  } catch {
    throw damaged('content')
  }
}
