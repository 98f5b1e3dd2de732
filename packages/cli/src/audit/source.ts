import type { ReadKept } from '@writ/engine'
import type { Amiss, Leaf } from '@writ/ledger'
import {
  findLeaf,
  proveRecord,
  type CheckedLedger,
  type ExportScope,
  type LedgerReader,
  type ProvedRecord,
  type SoughtRecord,
  type Unverified,
} from '@writ/service'
import type { Facts } from './verdict.ts'

/** A ledger that a command was told to look at. */
export type Source = {
  readonly name: string
  readonly reader: LedgerReader
  /** True for the leaf of a record that must be there. */
  readonly expects: (leaf: Leaf) => boolean
  /** The trust policy that came with it, which whoever keeps it could have written to suit; null when none did. */
  readonly policy: string | null
  /** What is amiss with all that is neither log nor record. */
  readonly amissBeside: (checked: CheckedLedger) => Promise<Amiss | null>
  /** What else a verdict on it says: of which records it is, and how many wait to be sealed. */
  readonly facts: () => Promise<Facts>
  /** A file of the policies that decided, by its path among the bundles that are kept with the ledger. */
  readonly keptBundle: ReadKept
  /** A record with its proof; null where neither is. */
  readonly prove: (id: string) => Promise<ProvedRecord | null>
  readonly close: () => Promise<void>
}

/** What is amiss with a ledger, beside what it has signed. */
export async function amissIn(
  { reader, name }: Pick<Source, 'reader' | 'name'>,
  { status, reason }: Amiss,
): Promise<Unverified> {
  if (status === 'unproven') return { status, reason }
  const signed = Buffer.from((await reader.file('checkpoint')) ?? []).toString('utf8')
  return { status, reason, signed, found: `In ${name}, ${reason}` }
}

/** The record with its proof, found by reading the log. */
export async function proveBySearch(
  reader: LedgerReader,
  sought: SoughtRecord,
): Promise<ProvedRecord | null> {
  const leaf = await findLeaf(reader, sought)
  return leaf === null ? null : proveRecord(reader, leaf)
}

/** What a verdict on a part of the records says that it is of. */
export function scopeFacts({ from, to, tenant }: ExportScope): Facts {
  const facts = { records_from: from, records_to: to, records_of: tenant }
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  )
}
