import { maxJsonDepth, readJson, readRecord, type WireRecord } from '@writ/contract'
import { Fault } from '@writ/domain'
import {
  canonicalText,
  entryTypes,
  fromBase64,
  isDigest,
  isIncluded,
  leafHashOf,
  readCheckpoint,
  readLeaf,
  readNote,
  readProofFile,
  verifyProof,
  type Amiss,
  type Leaf,
  type Proven,
  type ProvenEntry,
  type TrustPolicy,
} from '@writ/ledger'
import { amissInRecord, type FiledEntry } from './check-record.ts'

export type VerifiedRecord = ProvenEntry & { readonly leaf: Leaf }

/** The texts of the files that `proveRecord` makes, or that a service gives of a record and of its proof. */
export type ProofTexts = { readonly record: string; readonly proof: string }

/**
 * Says whether a record is in the log, and is what was sealed, by these texts and a trust policy alone. Throws the Fault
 * `log-malformed` on texts that are none of a record and a proof.
 */
export function verifyRecord(texts: ProofTexts, policy: TrustPolicy): Proven<VerifiedRecord> {
  const shown = shownIn(texts.record)
  const proven = verifyProof(leafHashOf(shown.bytes), texts.proof, policy)
  if (proven.status !== 'verified') return proven
  return amissInShown(shown, proven.index) ?? { ...proven, leaf: shown.leaf }
}

/**
 * Why these texts contradict each other, whoever signed them; null where they do not. Throws the Fault `log-malformed` on
 * texts that are none of a record and a proof.
 */
export function refutedBy(texts: ProofTexts): string | null {
  const shown = shownIn(texts.record)
  const { index, proof, checkpoint } = readProofFile(texts.proof)
  const { size, root } = readCheckpoint(readNote(checkpoint).text)
  const leafHash = leafHashOf(shown.bytes)
  if (!isIncluded({ leafHash, index, size, proof, root }))
    return `the record ${shown.record.id} is not at index ${index} of the log of ${size} entries`
  return amissInShown(shown, index)?.reason ?? null
}

/** A record as it is shown, and its leaf. */
type Shown = { readonly record: WireRecord; readonly bytes: Uint8Array; readonly leaf: Leaf }

function shownIn(text: string): Shown {
  const record = recordIn(text)
  const bytes = new TextEncoder().encode(record.leaf)
  return { record, bytes, leaf: readLeaf(bytes) }
}

function amissInShown({ record, bytes, leaf }: Shown, index: number): Amiss | null {
  const amiss = amissInRecord({ index, bytes, leaf }, filedAs(record, leaf, bytes))
  if (amiss !== null) return amiss
  const contradiction = contradictionIn(record, { index, leaf })
  return contradiction === null
    ? null
    : { status: 'refuted', reason: `the record ${record.id} ${contradiction}` }
}

/** What is deeper than a request lies around it. */
const maxDepth = maxJsonDepth + 16

/** Strictly, so that no other program reads another record in it: of a name that is there twice, some take the first. */
function recordIn(text: string): WireRecord {
  try {
    readJson(new TextEncoder().encode(text), maxDepth)
    return readRecord(text)
  } catch (cause) {
    throw malformed('it lacks members of one, or is no strict JSON', cause)
  }
}

function filedAs(record: WireRecord, { tenant }: Leaf, leaf: Uint8Array): FiledEntry {
  const { id, recorded_at: at, request_digest: requestDigest, facets, body } = record
  const type = entryTypes.find((one) => one === record.type)
  const salt = fromBase64(body.salt)
  if (type === undefined || salt === null || !isDigest(requestDigest))
    throw malformed('its type, its salt or its digest is none')
  const content = new TextEncoder().encode(body.text)
  return { tenant, id, at, type, requestDigest, facets, leaf, body: { salt, content } }
}

/** What a record says twice must be the same both times. */
function contradictionIn(
  { content, body, commitment, seal }: WireRecord,
  { index, leaf }: { readonly index: number; readonly leaf: Leaf },
): string | null {
  if (canonicalText(content) !== canonicalText(JSON.parse(body.text)))
    return 'shows another content than its body has'
  if (commitment !== leaf.commitment) return 'shows another commitment than its leaf has'
  if (seal.status === 'sealed' && seal.index !== index)
    return `says that its index is ${seal.index}, and its proof says ${index}`
  return null
}

function malformed(why: string, cause?: unknown): Fault {
  const what = 'record'
  return new Fault('log-malformed', `This is no ${what}: ${why}`, { facts: { what, why }, cause })
}
