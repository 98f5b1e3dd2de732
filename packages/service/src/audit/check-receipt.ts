import type { Instant } from '@writ/domain'
import {
  checkLog,
  findHandovers,
  followingPolicy,
  followKeys,
  isReceiptOf,
  leafHashOf,
  takeReceipt,
  toBase64,
  verifyCheckpoint,
  verifyReceipt,
  type Receipt,
  type TrustPolicy,
  type VerifierKey,
} from '@writ/ledger'
import { wholeFile, type LedgerReader } from './ledger-reader.ts'

/** A receipt as it was signed, and what it says. */
export type SignedReceipt = { readonly note: string; readonly receipt: Receipt }

/** What kept something from being verified: too little is known, or two statements of which one is false. */
export type Unverified =
  | { readonly status: 'unproven'; readonly reason: string }
  | {
      readonly status: 'refuted'
      readonly reason: string
      readonly signed: string
      readonly found: string
    }

/**
 * Says whether one of these keys signed a receipt, and for the answer that it came with. The text is an answer of Writ, or
 * the receipt out of it. Throws the Fault `log-malformed` on what is neither.
 */
export function checkReceipt(
  text: string,
  keys: readonly VerifierKey[],
): ({ readonly status: 'verified' } & SignedReceipt) | Unverified {
  const taken = takenFrom(text)
  const note = taken?.receipt ?? text
  const verified = verifyReceipt(note, keys)
  if (verified.status !== 'verified') return unverified(verified, note, verified.reason)
  const { receipt } = verified
  if (taken === null || isReceiptOf(receipt, taken.answer))
    return { status: 'verified', note, receipt }
  const reason = 'the answer is not the one that its receipt was signed for'
  return { status: 'refuted', reason, signed: note, found: taken.answer }
}

/** These keys, and those that they have announced in the log. It follows none where the log is not what the policy trusts. */
export async function followReceiptKeys(
  keys: readonly VerifierKey[],
  reader: LedgerReader,
  policy: TrustPolicy,
): Promise<readonly VerifierKey[]> {
  const readFile = (path: string): Promise<Uint8Array | null> => reader.file(path)
  const note = new TextDecoder().decode(await wholeFile(reader, 'checkpoint'))
  const trusted = verifyCheckpoint(note, await followingPolicy(note, policy, readFile))
  if (trusted.status !== 'verified') return keys
  const { checkpoint } = trusted
  return followKeys(keys, checkpoint, await findHandovers(readFile, checkpoint.size))
}

export type PromiseCheck = {
  readonly receipts: readonly SignedReceipt[]
  readonly reader: LedgerReader
  readonly policy: TrustPolicy
  readonly now: Instant
}

export type KeptPromises = {
  readonly status: 'verified'
  /** How many of the promised records are in the log, and how many have time left to get there. */
  readonly sealed: number
  readonly waiting: number
}

/**
 * Reads the whole log once, and sees whether each record is in it that a receipt promised by now. One that is not
 * contradicts the log's own checkpoint.
 */
export async function checkPromises(check: PromiseCheck): Promise<KeptPromises | Unverified> {
  const { receipts, reader, policy, now } = check
  const promised = new Set(receipts.map(({ receipt }) => toBase64(receipt.leafHash)))
  const sealed = new Set<string>()
  // Read once, for the log may grow meanwhile.
  const checkpoint = await reader.file('checkpoint')
  const checked = await checkLog({
    policy,
    readFile: async (path) => (path === 'checkpoint' ? checkpoint : reader.file(path)),
    onEntries: async (_, entries) => {
      const hashes = entries.map((entry) => toBase64(leafHashOf(entry)))
      hashes.filter((hash) => promised.has(hash)).forEach((hash) => sealed.add(hash))
      return null
    },
  })
  const signed = new TextDecoder().decode(checkpoint ?? new Uint8Array())
  if (checked.status !== 'verified') return unverified(checked, signed, checked.reason)
  const missing = receipts.filter(({ receipt }) => !sealed.has(toBase64(receipt.leafHash)))
  const broken = missing.find(({ receipt }) => receipt.sealedBy < now)
  if (broken === undefined)
    return { status: 'verified', sealed: receipts.length - missing.length, waiting: missing.length }
  const { id, sealedBy } = broken.receipt
  const reason = `the log has no record as it was promised for ${id} by ${sealedBy}`
  return { status: 'refuted', reason, signed: broken.note, found: signed }
}

function unverified(
  { status, reason }: { readonly status: 'refuted' | 'unproven'; readonly reason: string },
  signed: string,
  found: string,
): Unverified {
  return status === 'unproven' ? { status, reason } : { status, reason, signed, found }
}

function takenFrom(text: string): ReturnType<typeof takeReceipt> {
  try {
    return takeReceipt(text)
  } catch {
    return null // no JSON: it may be a receipt by itself
  }
}
