import { malformed } from '../malformed.ts'
import { hashLength, type Hash } from '../tree/hash.ts'
import type { TreeHead } from '../tree/verify.ts'
import { fromBase64, readDecimal, toBase64 } from './text.ts'

/** The head of a log, as C2SP tlog-checkpoint writes it. */
export type Checkpoint = TreeHead & { readonly origin: string }

/** The text that a log signs. Throws a RangeError on what `readCheckpoint` would not read back as the same. */
export function writeCheckpoint({ origin, size, root }: Checkpoint): string {
  if (origin === '' || origin.includes('\n')) throw new RangeError('an origin is one line of text')
  if (readDecimal(String(size)) === null) throw new RangeError(`a log of ${size} entries is none`)
  if (root.byteLength !== hashLength) throw new RangeError(`a root has ${hashLength} bytes`)
  return `${origin}\n${size}\n${toBase64(root)}\n`
}

/** Reads the text of a note. Throws the Fault `log-malformed` on anything but a checkpoint; extension lines are passed over. */
export function readCheckpoint(text: string): Checkpoint {
  const lines = text.split('\n')
  if (lines.pop() !== '' || lines.length < 3 || lines.includes(''))
    throw malformed('checkpoint', 'it must have an origin, a size and a root, each on a line')
  const [origin = '', decimal = '', base64 = ''] = lines
  const size = readDecimal(decimal)
  const root: Hash | null = fromBase64(base64)
  if (size === null) throw malformed('checkpoint', 'its second line must be a size in decimal')
  if (root?.byteLength !== hashLength)
    throw malformed('checkpoint', 'its third line must be a root hash in base64')
  return { origin, size, root }
}
