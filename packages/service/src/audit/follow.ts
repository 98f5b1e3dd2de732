import { Fault } from '@writ/domain'
import {
  followingPolicy,
  isConsistent,
  readTree,
  sameBytes,
  tilePath,
  verifyCheckpoint,
  type Checkpoint,
  type TreeReader,
  type TrustedCheckpoint,
  type TrustPolicy,
} from '@writ/ledger'
import { wholeFile, type LedgerReader } from './ledger-reader.ts'

export type Following = {
  readonly reader: LedgerReader
  readonly policy: TrustPolicy
  /** The signed checkpoint that was seen last; null at first. */
  readonly last: string | null
}

/** What became of a log since it was seen last. */
export type Followed =
  | (TrustedCheckpoint & {
      readonly status: 'verified'
      /** The signed checkpoint as it is now. */
      readonly note: string
      /** How many entries came since; null where it was seen for the first time. */
      readonly grown: number | null
    })
  | { readonly status: 'unproven'; readonly reason: string }
  /** Two checkpoints that the log has signed cannot both be of one log that only grows; or the one signature is false. */
  | { readonly status: 'refuted'; readonly reason: string; readonly notes: readonly string[] }

/** Sees that a log is the one that was seen before, with more entries at its end at the most. */
export async function followLog({ reader, policy, last }: Following): Promise<Followed> {
  const note = new TextDecoder().decode(await wholeFile(reader, 'checkpoint'))
  const trusted = await followingPolicy(note, policy, (path) => reader.file(path))
  const now = verifyCheckpoint(note, trusted)
  if (now.status !== 'verified') {
    const { status, reason } = now
    return status === 'unproven' ? { status, reason } : { status, reason, notes: [note] }
  }
  if (last === null) return { ...now, note, grown: null }
  const before = verifyCheckpoint(last, trusted)
  if (before.status !== 'verified')
    return { status: 'unproven', reason: `of the checkpoint that was kept: ${before.reason}` }
  const reason = await contradiction(reader, before.checkpoint, now.checkpoint)
  if (reason === null) return { ...now, note, grown: now.checkpoint.size - before.checkpoint.size }
  if (typeof reason === 'object') return reason
  return { status: 'refuted', reason, notes: [last, note] }
}

type Unproven = { readonly status: 'unproven'; readonly reason: string }

/** Why both cannot be true; null when the later one is grown from the earlier. */
async function contradiction(
  reader: LedgerReader,
  earlier: Checkpoint,
  later: Checkpoint,
): Promise<string | Unproven | null> {
  if (earlier.origin !== later.origin)
    return {
      status: 'unproven',
      reason: `it is another log: ${later.origin}, not ${earlier.origin}`,
    }
  if (later.size < earlier.size)
    return `the log shows ${later.size} entries and has signed that it has ${earlier.size}`
  const tree = readTree(later.size, (tile) => wholeFile(reader, tilePath(tile)))
  const proof = await provenBy(tree, earlier.size)
  if (isConsistent({ earlier, later, proof })) return null
  if (earlier.size < later.size && !(await leadsTo(tree, later)))
    return {
      status: 'unproven',
      reason: 'the tiles of the log do not lead to the root that it has signed',
    }
  return `the first ${earlier.size} entries of the log are not those that it had before`
}

/** Tiles that are none lead nowhere. */
async function leadsTo(tree: TreeReader, { root }: Checkpoint): Promise<boolean> {
  try {
    return sameBytes(await tree.root(), root)
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.code === 'log-malformed') return false
    throw thrown
  }
}

async function provenBy(tree: TreeReader, earlier: number): ReturnType<TreeReader['consistency']> {
  try {
    return await tree.consistency(earlier)
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.code === 'log-malformed') return []
    throw thrown
  }
}
