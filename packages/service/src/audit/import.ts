import { readWaiverBody } from '@writ/contract'
import { Fault } from '@writ/domain'
import {
  readBundle,
  readCheckpoint,
  readNote,
  readTree,
  tilePath,
  tilesOf,
  tileWidth,
  type Entry,
  type Tile,
} from '@writ/ledger'
import type { Records, Waivers } from '../ports.ts'
import type { LogStore } from '../seal/log-store.ts'
import { lacking, loggedLeaves, wholeFile, type LedgerReader } from './ledger-reader.ts'

export type ImportParts = {
  readonly reader: LedgerReader
  readonly into: {
    readonly records: Pick<Records, 'append'>
    readonly waivers: Pick<Waivers, 'put'>
    readonly log: LogStore
  }
  /** Told after each bundle, with the number of leaves so far and of all. */
  readonly onProgress?: (leaves: number, all: number) => void
}

/**
 * Puts a whole ledger into an empty store: records, waivers, the log and its signed checkpoint, all as they were, so that
 * every proof still holds. Scorecards come by folding. Nothing is checked but that the store is empty: `checkLedger` comes
 * before. A store in which it was broken off is of no use.
 */
export async function importLedger(parts: ImportParts): Promise<void> {
  const { reader, into, onProgress } = parts
  const { log } = into
  await refuseUsed(log)
  const note = new TextDecoder().decode(await wholeFile(reader, 'checkpoint'))
  const { size } = readCheckpoint(readNote(note).text)
  for (const tile of tilesOf(size)) {
    const bytes = await wholeFile(reader, tilePath(tile))
    if (tile.level === 'entries') await importBundle(parts, tile, bytes)
    await log.putFiles([{ path: tilePath(tile), bytes }])
    if (tile.level === 'entries') onProgress?.(tile.index * tileWidth + tile.width, size)
  }
  const tree = readTree(size, (tile) => wholeFile(reader, tilePath(tile)))
  const isHead = await log.swapHead({ version: 1, frontier: await tree.frontier(), staged: null })
  if (!isHead) throw used()
  await log.publish(size, note)
}

async function importBundle(
  { reader, into }: ImportParts,
  { index }: Tile,
  bytes: Uint8Array,
): Promise<void> {
  const leaves = loggedLeaves(index * tileWidth, readBundle(bytes))
  const records = await reader.records(leaves)
  const missing = leaves.find((_, place) => (records[place] ?? null) === null)
  if (missing !== undefined)
    throw lacking(`the record ${missing.leaf.id} at index ${missing.index}`)
  const present = records.filter((record) => record !== null)
  await Promise.all(present.map((record) => importRecord(into, record)))
  await into.log.mark(leaves.map(({ index, leaf: { tenant, id } }) => ({ tenant, id, index })))
}

/** A waiver is in force by more than its record; a second time, or in another order, changes nothing. */
async function importRecord(
  { records, waivers }: ImportParts['into'],
  entry: Entry,
): Promise<void> {
  if (entry.type !== 'waiver') await records.append(entry)
  else
    await waivers.put({ ...readWaiverBody(entry.body.content).waiver, tenant: entry.tenant }, entry)
}

async function refuseUsed(log: LogStore): Promise<void> {
  if ((await log.head()).version > 0 || (await log.pending(1)).length > 0) throw used()
}

function used(): Fault {
  return new Fault('request-invalid', 'The store is not empty: a ledger is imported into a new one')
}
