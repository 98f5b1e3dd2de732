import type { ReadKept } from '@writ/engine'
import type { Amiss, Leaf } from '@writ/ledger'
import {
  findLeaf,
  proveRecord,
  type CheckedLedger,
  type LedgerReader,
  type ProvedRecord,
  type SoughtRecord,
} from '@writ/service'

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
  /** A file of the policies that decided, by its path among the bundles that are kept with the ledger. */
  readonly keptBundle: ReadKept
  /** A record with its proof; null where neither is. */
  readonly prove: (id: string) => Promise<ProvedRecord | null>
  readonly close: () => Promise<void>
}

/** The record with its proof, found by reading the log. */
export async function proveBySearch(
  reader: LedgerReader,
  sought: SoughtRecord,
): Promise<ProvedRecord | null> {
  const leaf = await findLeaf(reader, sought)
  return leaf === null ? null : proveRecord(reader, leaf)
}
