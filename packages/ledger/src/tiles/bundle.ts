import { malformed } from '../malformed.ts'
import { hashLength } from '../tree/hash.ts'
import type { Tile } from './tile.ts'

/** The longest entry that a bundle can carry: its length is a uint16. */
export const maxEntryLength = 0xffff

/** Entries one after the other, each after its length as a big-endian uint16 (tlog-tiles, “Log entries”). */
export function writeBundle(entries: readonly Uint8Array[]): Uint8Array {
  const parts = entries.flatMap((entry) => {
    if (entry.byteLength > maxEntryLength)
      throw new RangeError(`an entry of a log has at most ${maxEntryLength} bytes`)
    return [Uint8Array.of(entry.byteLength >> 8, entry.byteLength & 0xff), entry]
  })
  return new Uint8Array(Buffer.concat(parts))
}

/** Throws the Fault `log-malformed` on bytes that are not whole entries. */
export function readBundle(bytes: Uint8Array): readonly Uint8Array[] {
  const entries: Uint8Array[] = []
  for (let at = 0; at < bytes.byteLength;) {
    const [high, low] = [bytes[at], bytes[at + 1]]
    if (high === undefined || low === undefined)
      throw malformed('entry bundle', 'a length is cut off')
    const end = at + 2 + high * 256 + low
    if (end > bytes.byteLength) throw malformed('entry bundle', 'an entry is cut off')
    entries.push(bytes.slice(at + 2, end))
    at = end
  }
  return entries
}

/** The first entries or hashes of a full tile: what it was while it was unfinished. */
export function cutTile({ level, width }: Tile, full: Uint8Array): Uint8Array {
  if (level === 'entries') return writeBundle(readBundle(full).slice(0, width))
  return full.slice(0, width * hashLength)
}
