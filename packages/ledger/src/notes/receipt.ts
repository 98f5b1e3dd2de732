import type { Instant } from '@writ/domain'
import { digestOf, isDigest, type Digest } from '../digest.ts'
import { malformed } from '../malformed.ts'
import { hashLength, type Hash } from '../tree/hash.ts'
import { readNote, signed, verifyNote, writeNote } from './note.ts'
import type { Signer, VerifierKey } from './keys.ts'
import { fromBase64, toBase64 } from './text.ts'
import type { Proven } from './verify-proof.ts'

/**
 * What is promised with an answer, before its record has a place in the log: that it will have one by then. Without the record
 * in the log at that instant, a receipt proves that its log broke its word.
 */
export type Receipt = {
  /** The origin of the log. */
  readonly log: string
  /** The id of the record. */
  readonly id: string
  /** What the tree hashes the record to. */
  readonly leafHash: Hash
  /** Of the exact text that was answered, less the receipt. */
  readonly answer: Digest
  readonly sealedBy: Instant
}

const heading = 'writ.receipt/v1'

/** A receipt as a C2SP signed note of six lines: its form, then the members of `Receipt` in their order. */
export async function writeReceipt(receipt: Receipt, signer: Signer): Promise<string> {
  const { log, id, leafHash, answer, sealedBy } = receipt
  const lines = [heading, log, id, toBase64(leafHash), answer, sealedBy]
  return writeNote(await signed(`${lines.join('\n')}\n`, signer))
}

/** Says whether one of these keys has signed the receipt. Throws the Fault `log-malformed` on what is none. */
export function verifyReceipt(
  note: string,
  keys: readonly VerifierKey[],
): Proven<{ readonly receipt: Receipt }> {
  const read = readNote(note)
  const receipt = readReceipt(read.text)
  const verified = verifyNote(read, keys)
  if (verified.status === 'forged')
    return { status: 'refuted', reason: `the signature of ${verified.name} under it is false` }
  if (verified.status === 'unsigned')
    return { status: 'unproven', reason: 'no key that is trusted here has signed it' }
  return { status: 'verified', receipt }
}

const form = /^writ\.receipt\/v1\n(.+)\n(.+)\n(.+)\n(.+)\n(.+)\n$/

function readReceipt(text: string): Receipt {
  if (!form.test(text)) throw malformed('receipt', `it must have six lines, the first ${heading}`)
  const [log = '', id = '', base64 = '', ...rest] = text.split('\n').slice(1)
  const leafHash = fromBase64(base64)
  if (leafHash?.byteLength !== hashLength)
    throw malformed('receipt', 'its fourth line must be a hash in base64')
  return { log, id, leafHash, ...promiseIn(rest) }
}

function promiseIn([answer = '', sealedBy = '']: readonly string[]) {
  if (!isDigest(answer)) throw malformed('receipt', 'its fifth line must be sha256:<hex>')
  if (!isInstant(sealedBy)) throw malformed('receipt', 'its last line must be an instant in UTC')
  return { answer, sealedBy }
}

function isInstant(text: string): boolean {
  const time = Date.parse(text)
  return !Number.isNaN(time) && new Date(time).toISOString() === text
}

/** The text of an answer, a JSON object that has members, with more under it than was recorded: its receipt, its proof. */
export function withMember(answer: string, name: 'receipt' | 'proof', text: string | null): string {
  return `${answer.slice(0, -1)},"${name}":${JSON.stringify(text)}}`
}

/** The recorded text of an answer, and its receipt; null where it has none. Also after somebody has laid it out anew. */
export function takeReceipt(
  text: string,
): { readonly answer: string; readonly receipt: string } | null {
  const parsed: unknown = JSON.parse(text)
  if (typeof parsed !== 'object' || parsed === null || !('receipt' in parsed)) return null
  const { receipt, proof: _, ...answer }: { receipt: unknown; proof?: unknown } = parsed
  return typeof receipt === 'string' ? { answer: JSON.stringify(answer), receipt } : null
}

/** What a receipt says of this answer, and nothing else does: the digest of its text. */
export function isReceiptOf({ answer }: Receipt, text: string): boolean {
  return digestOf(text) === answer
}
