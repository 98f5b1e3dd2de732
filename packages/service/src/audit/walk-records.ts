import { Fault } from '@writ/domain'
import {
  checkLog,
  type Amiss,
  type Entry,
  type Leaf,
  type Proven,
  type TrustedCheckpoint,
  type TrustPolicy,
} from '@writ/ledger'
import { amissInRecord } from './check-record.ts'
import { createErasures, type Erasures } from './erasures.ts'
import { loggedLeaves, type LedgerReader, type LoggedLeaf } from './ledger-reader.ts'

/** A leaf of the log with its record; null where that is not there. */
export type LoggedRecord = { readonly logged: LoggedLeaf; readonly record: Entry | null }

export type RecordWalk = {
  readonly reader: LedgerReader
  readonly policy: TrustPolicy
  readonly isWanted: (leaf: Leaf) => boolean
  /** Takes each record that is wanted, in the order of the log, once it was seen to be what its leaf commits to. */
  readonly take: (found: LoggedRecord) => Promise<void> | void
}

/**
 * Gives records to whoever makes something of them, and checks the log that they are of from its entries up: what was taken
 * counts only where the end is `verified`. Bundles without a record that is wanted are not asked for records.
 */
export async function walkRecords(walk: RecordWalk): Promise<Proven<TrustedCheckpoint>> {
  const erasures = createErasures()
  const checked = await checkLog({
    policy: walk.policy,
    readFile: (path) => walk.reader.file(path),
    onEntries: (first, entries) => amissInBundle(walk, loggedLeaves(first, entries), erasures),
  })
  return checked.status === 'verified' ? (erasures.amiss() ?? checked) : checked
}

async function amissInBundle(
  { reader, isWanted, take }: RecordWalk,
  bundle: readonly LoggedLeaf[],
  erasures: Erasures,
): Promise<Amiss | null> {
  const wanted = bundle.some(({ leaf }) => isWanted(leaf))
  const records = wanted ? await readRecords(reader, bundle) : []
  if ('status' in records) return records
  for (const [place, logged] of bundle.entries()) {
    const record = isWanted(logged.leaf) ? (records[place] ?? null) : null
    const amiss = record === null ? null : amissInRecord(logged, record)
    if (amiss !== null) return amiss
    erasures.take(logged, record)
    if (isWanted(logged.leaf)) await take({ logged, record })
  }
  return null
}

/** A record that cannot be read says nothing of the log: it is missing, not contradicted. */
export async function readRecords(
  reader: LedgerReader,
  bundle: readonly LoggedLeaf[],
): Promise<readonly (Entry | null)[] | Amiss> {
  try {
    return await reader.records(bundle)
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.code === 'log-malformed')
      return { status: 'unproven', reason: thrown.message }
    throw thrown
  }
}
