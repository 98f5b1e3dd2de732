import { malformed } from '../malformed.ts'
import { hashLength, type Hash } from '../tree/hash.ts'
import { fromBase64, readDecimal, toBase64 } from './text.ts'

/** A proof that can be checked offline: a file of C2SP tlog-proof. */
export type ProofFile = {
  /** For the application; nothing vouches for it. */
  readonly extra: Uint8Array | null
  readonly index: number
  readonly proof: readonly Hash[]
  /** The signed checkpoint, as the log wrote it. */
  readonly checkpoint: string
}

const heading = 'c2sp.org/tlog-proof@v1'

/** A tree of as many leaves as a double can count is no higher. */
const maxHashes = 64

/** The text of such a file. Nothing is checked: `verifyProof` says whether it holds. */
export function writeProofFile({ extra, index, proof, checkpoint }: ProofFile): string {
  const lines = [
    heading,
    ...(extra === null ? [] : [`extra ${toBase64(extra)}`]),
    `index ${index}`,
    ...proof.map(toBase64),
  ]
  return `${lines.join('\n')}\n\n${checkpoint}`
}

/** Throws the Fault `log-malformed` on anything else. The checkpoint in it is not looked at. */
export function readProofFile(text: string): ProofFile {
  const border = text.indexOf('\n\n')
  if (border < 0) throw malformed('proof', 'no blank line parts it from a checkpoint')
  const [first, ...lines] = text.slice(0, border).split('\n')
  if (first !== heading) throw malformed('proof', `its first line must be ${heading}`)
  const extra = readExtra(lines[0])
  const [indexLine = '', ...hashes] = extra === null ? lines : lines.slice(1)
  const index = readDecimal(/^index (.*)$/.exec(indexLine)?.[1] ?? '')
  if (index === null) throw malformed('proof', 'it must name an index in decimal')
  if (hashes.length > maxHashes) throw malformed('proof', 'it has too many hashes')
  return { extra, index, proof: hashes.map(readHash), checkpoint: text.slice(border + 2) }
}

function readExtra(line: string | undefined): Uint8Array | null {
  const base64 = /^extra (.*)$/.exec(line ?? '')?.[1]
  if (base64 === undefined) return null
  const extra = fromBase64(base64)
  if (extra === null) throw malformed('proof', 'its extra line must be base64')
  return extra
}

function readHash(line: string): Hash {
  const hash = fromBase64(line)
  if (hash?.byteLength === hashLength) return hash
  throw malformed('proof', 'each line before the blank one must be a hash in base64')
}
