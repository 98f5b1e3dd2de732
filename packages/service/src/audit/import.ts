import { readWaiverBody } from '@writ/contract'
import { Fault } from '@writ/domain'
import {
  readBundle,
  readCheckpoint,
  readNote,
  readTree,
  rootOf,
  sameBytes,
  tilePath,
  tilesOf,
  tileWidth,
  type Entry,
  type Frontier,
  type Tile,
} from '@writ/ledger'
import type { Records, Waivers } from '../ports.ts'
import type { SignerMemory } from '../seal/guard.ts'
import { importing, type LogHead, type LogStore } from '../seal/log-store.ts'
import { lacking, loggedLeaves, wholeFile, type LedgerReader } from './ledger-reader.ts'

export type ImportParts = {
  readonly reader: LedgerReader
  readonly into: {
    readonly records: Pick<Records, 'append'>
    readonly waivers: Pick<Waivers, 'put'>
    readonly log: LogStore
    /** What its signer remembers, where that is kept with the store. */
    readonly memory?: Pick<SignerMemory, 'keep'>
  }
  /** Told after each bundle, with the number of leaves so far and of all. */
  readonly onProgress?: (leaves: number, all: number) => void
}

/**
 * Puts a whole ledger into an empty store: records, waivers, the log and its signed checkpoint, all as they were, so that
 * every proof still holds. Scorecards come by folding. Nothing is checked but that the store is empty: `checkLedger` comes
 * before. Nobody seals there until all of it stands; broken off, a second time goes on with it.
 */
export async function importLedger(parts: ImportParts): Promise<void> {
  const { reader, into, onProgress } = parts
  const { log, memory } = into
  const note = new TextDecoder().decode(await wholeFile(reader, 'checkpoint'))
  const checkpoint = readCheckpoint(readNote(note).text)
  const { size } = checkpoint
  const tree = readTree(size, (tile) => wholeFile(reader, tilePath(tile)))
  const begun = await begin(log, await tree.frontier())
  for (const tile of tilesOf(size)) {
    const bytes = await wholeFile(reader, tilePath(tile))
    if (tile.level === 'entries') await importBundle(parts, tile, bytes)
    await log.putFiles([{ path: tilePath(tile), bytes }])
    if (tile.level === 'entries') onProgress?.(tile.index * tileWidth + tile.width, size)
  }
  await memory?.keep(checkpoint)
  if (begun.staged !== null && !(await log.swapHead({ ...begun, version: 2, staged: null })))
    throw used()
  await log.publish(size, note)
}

/** Takes the log for this ledger: from here on no sealer goes on until it is whole. Gives the head, also of one that was begun. */
async function begin(log: LogStore, frontier: Frontier): Promise<LogHead> {
  const head = await log.head()
  if (await isBegun(log, head, frontier)) return head
  if (head.version > 0 || (await log.pending(1)).length > 0) throw used()
  const begun = { version: 1, frontier, staged: { version: 1, attempt: importing } }
  if (!(await log.swapHead(begun))) throw used()
  return begun
}

/** True when the import of this very ledger was begun there, and its checkpoint is not published yet. */
async function isBegun(log: LogStore, head: LogHead, frontier: Frontier): Promise<boolean> {
  const isOurs =
    head.frontier.size === frontier.size && sameBytes(rootOf(head.frontier), rootOf(frontier))
  const isOpen = head.version === 1 ? head.staged?.attempt === importing : head.version === 2
  return isOurs && isOpen && (await log.checkpoint()) === null
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
  if (entry.type === 'waiver') {
    await waivers.put({ ...readWaiverBody(entry.body.content).waiver, tenant: entry.tenant }, entry)
    return
  }
  const stands = await records.append(entry)
  if (!sameBytes(stands.leaf, entry.leaf)) throw used()
}

function used(): Fault {
  return new Fault('request-invalid', 'The store is not empty: a ledger is imported into a new one')
}
