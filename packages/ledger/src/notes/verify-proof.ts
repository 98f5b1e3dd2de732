import {
  findHandovers,
  followKeys,
  readHandovers,
  type Handover,
  type ReadLogFile,
} from '../handover.ts'
import { isIncluded } from '../tree/verify.ts'
import type { Hash } from '../tree/hash.ts'
import { readCheckpoint, type Checkpoint } from './checkpoint.ts'
import { signatureTypes } from './keys.ts'
import { readNote, verifyNote, type VerifiedSignature } from './note.ts'
import type { TrustPolicy } from './policy.ts'
import { readProofFile } from './proof-file.ts'

/** What became of a check: `refuted` says that somebody lied, `unproven` that too little is known. */
export type Proven<Found> =
  | ({ readonly status: 'verified' } & Found)
  | { readonly status: 'refuted' | 'unproven'; readonly reason: string }

/** A checkpoint that a policy trusts. */
export type TrustedCheckpoint = {
  readonly checkpoint: Checkpoint
  /** Who vouches for it, the log among them. */
  readonly by: readonly VerifiedSignature[]
}

/** Reads a signed checkpoint, and says whether the policy trusts it: signed by one of its logs, cosigned by its quorum. */
export function verifyCheckpoint(note: string, policy: TrustPolicy): Proven<TrustedCheckpoint> {
  const read = readNote(note)
  const checkpoint = readCheckpoint(read.text)
  const verified = verifyNote(read, [...policy.logs, ...policy.witnesses])
  if (verified.status === 'forged')
    return {
      status: 'refuted',
      reason: `the signature of ${verified.name} under the checkpoint is false`,
    }
  const by = verified.status === 'signed' ? verified.by : []
  const isLogs = by.some(
    ({ key }) => key.type === signatureTypes.ed25519 && key.name === checkpoint.origin,
  )
  if (!isLogs)
    return {
      status: 'unproven',
      reason: `no log that the policy names has signed the checkpoint of ${checkpoint.origin}`,
    }
  const witnesses = by
    .map(({ key }) => key)
    .filter(({ type }) => type === signatureTypes.cosignature)
  if (!policy.isQuorum(witnesses))
    return {
      status: 'unproven',
      reason: 'too few of the witnesses that the policy names have cosigned the checkpoint',
    }
  return { status: 'verified', checkpoint, by }
}

/**
 * The policy for a checkpoint of a log that is at hand: where a key has signed it that the policy does not name, with the keys
 * that the log has announced, from those that the policy names. Whether the checkpoint is signed is seen afterwards.
 */
export async function followingPolicy(
  note: string,
  policy: TrustPolicy,
  readFile: ReadLogFile,
): Promise<TrustPolicy> {
  if (isSignedByLog(note, policy)) return policy
  const { size } = readCheckpoint(readNote(note).text)
  return following(note, policy, await findHandovers(readFile, size))
}

function isSignedByLog(note: string, { logs }: TrustPolicy): boolean {
  return verifyNote(readNote(note), logs).status !== 'unsigned'
}

function following(note: string, policy: TrustPolicy, handovers: readonly Handover[]): TrustPolicy {
  const head = readCheckpoint(readNote(note).text)
  return { ...policy, logs: followKeys(policy.logs, head, handovers) }
}

/** Where an entry is (from 0), and the checkpoint of the log that has it there. */
export type ProvenEntry = TrustedCheckpoint & { readonly index: number }

/** Says whether this leaf is in the log, by a proof file and a trust policy alone. It follows the keys that the file announces. */
export function verifyProof(
  leafHash: Hash,
  proofFile: string,
  policy: TrustPolicy,
): Proven<ProvenEntry> {
  const { extra, index, proof, checkpoint: note } = readProofFile(proofFile)
  const trusted = verifyCheckpoint(note, following(note, policy, readHandovers(extra)))
  if (trusted.status !== 'verified') return trusted
  const { size, root } = trusted.checkpoint
  if (isIncluded({ leafHash, index, size, proof, root })) return { ...trusted, index }
  return {
    status: 'refuted',
    reason: `the entry is not at index ${index} of the log of ${size} entries`,
  }
}
