import { once } from '@writ/contract'
import { Fault } from '@writ/domain'
import { readLeaf, type Entry, type Leaf } from '@writ/ledger'
import { findLogFile, type ProveParts } from '../prove.ts'
import type { LogReader, LogStore } from '../seal/log-store.ts'
import { markedSize } from '../seal/stage.ts'

/** The log and the records behind its leaves, as whoever checks them reads them: from a store, a service, or an export. */
export interface LedgerReader {
  /** A file of the log by its path in the layout of tlog-tiles, `checkpoint` among them; null where there is none. */
  file(path: string): Promise<Uint8Array | null>
  /** The record of each leaf of a bundle, all of which are given; null where it is not there. */
  records(leaves: readonly LoggedLeaf[]): Promise<readonly (Entry | null)[]>
  /** How a store marks what is in the log; there are no marks elsewhere. */
  readonly marks?: Marks
}

export type Marks = {
  /** So many leaves have been marked with their place; those that come after may be. */
  readonly size: () => Promise<number>
  /** Where the store says that each of these leaves is in the log; null of what it has not marked. */
  readonly places: (leaves: readonly LoggedLeaf[]) => Promise<readonly (number | null)[]>
}

/** A leaf of the log: where it is, its bytes, and what they say. */
export type LoggedLeaf = { readonly index: number; readonly bytes: Uint8Array; readonly leaf: Leaf }

/** The leaves of a bundle, the first at this index. Throws the Fault `log-malformed` on entries that are none of Writ. */
export function loggedLeaves(first: number, entries: readonly Uint8Array[]): readonly LoggedLeaf[] {
  return entries.map((bytes, place) => ({ index: first + place, bytes, leaf: readLeaf(bytes) }))
}

/** Reads a store, which may go on growing meanwhile. */
export function storeReader({
  log,
  records,
}: Pick<ProveParts, 'records'> & {
  readonly log: LogReader & Pick<LogStore, 'head' | 'stage'>
}): LedgerReader {
  let size: Promise<number> | null = null
  return {
    file: (path) => findLogFile(log, path),
    records: (leaves) =>
      Promise.all(leaves.map(({ leaf: { tenant, id } }) => records.get(tenant, id))),
    marks: {
      size: () => (size ??= log.head().then(async (head) => (await markedSize(log, head)) ?? 0)),
      places: (leaves) => Promise.all(leaves.map(({ leaf }) => log.place(leaf))),
    },
  }
}

/** A file that the log must have. Throws the Fault `log-halted` where it lacks it. */
export async function wholeFile(reader: LedgerReader, path: string): Promise<Uint8Array> {
  const bytes = await reader.file(path)
  if (bytes !== null) return bytes
  if (path === 'checkpoint')
    throw new Fault('log-halted', 'There is no checkpoint: nothing has been sealed here yet')
  throw lacking(path)
}

export function lacking(what: string): Fault {
  return new Fault(
    'log-halted',
    `The ledger lacks ${what}: bring it back from a backup that has it`,
  )
}

/** The ledger as it is now, though it goes on growing: whoever reads it twice reads the same. */
export function heldStill(reader: LedgerReader): LedgerReader {
  const checkpoint = once(() => reader.file('checkpoint'))
  return { ...reader, file: (path) => (path === 'checkpoint' ? checkpoint() : reader.file(path)) }
}
