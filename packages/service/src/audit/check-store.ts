import {
  cutTile,
  parseTilePath,
  readCheckpoint,
  readNote,
  readTree,
  rootOf,
  sameBytes,
  tileAt,
  tilePath,
  type Amiss,
  type Checkpoint,
  type Tile,
  type TreeHead,
  type TreeReader,
} from '@writ/ledger'
import type { EntryName, LogStore } from '../seal/log-store.ts'
import { readLogTile } from '../seal/log-tiles.ts'
import { markedSize } from '../seal/stage.ts'
import type { CheckedLedger } from './check-ledger.ts'
import { contradictionWithLeaf } from './check-record.ts'
import { amissInWaivers, type WaiverBooks } from './check-waivers.ts'

/** What is read of a store beside its log and the records that are in it. Another process may write it meanwhile. */
export type StoreBooks = WaiverBooks & {
  readonly log: Pick<LogStore, 'head' | 'stage' | 'checkpoint' | 'file'>
  /** What was signed last, where that is remembered apart from the store; null where nobody knows. */
  readonly signed: () => Promise<Checkpoint | null>
  /** What stands in it that Writ never writes, in words; null where nothing does. */
  readonly misfiled: () => Promise<string | null>
  /** The paths of the files that stand in the log. */
  readonly paths: () => Promise<readonly string[]>
  /** Entries that have no place in the log, so many at the most. */
  readonly unsealed: (limit: number) => Promise<readonly EntryName[]>
}

/** So many entries that are not sealed yet are looked at. */
export const maxUnsealed = 100_000

/** What is amiss with a store whose log and records are as they were sealed. */
export async function amissInStore(
  store: StoreBooks,
  checked: CheckedLedger,
): Promise<Amiss | null> {
  return (
    (await amissInHead(store, checked)) ??
    (await amissInRows(store)) ??
    (await amissInFiles(store)) ??
    (await amissInWaivers(store, checked.waivers)) ??
    amissInUnsealed(store)
  )
}

/** The head must be what everybody is shown, or one batch further, and both go on from what was signed last. */
async function amissInHead(
  { log, signed }: StoreBooks,
  { checkpoint }: CheckedLedger,
): Promise<Amiss | null> {
  // In this order, since each is moved before the next: none can be ahead that is not allowed to.
  const last = await signed()
  const head = await log.head()
  const marked = await markedSize(log, head)
  const shown = sizeIn(await log.checkpoint())
  const isNow = async (): Promise<boolean> => (await log.head()).version === head.version
  const { size } = head.frontier
  if (marked === null && (await isNow()))
    return refuted('the head of the log names a batch that is gone')
  if (size < shown && (await isNow()))
    return refuted(`the head of the log is of ${size} entries, and its checkpoint of ${shown}`)
  if (shown < (marked ?? 0))
    return refuted(`${marked} entries have a place in the log, and its checkpoint is of ${shown}`)
  if (last !== null && last.size > Math.max(shown, size))
    return refuted(`${last.size} entries were signed last, and the log has ${shown}`)
  const root = rootOf(head.frontier)
  const tree = readTree(checkpoint.size, readLogTile(log))
  return (
    (await amissBelow(tree, checkpoint, ['the head of the log in the store', { size, root }])) ??
    amissBelow(tree, checkpoint, ['what was signed last', last])
  )
}

/** What is not longer than the log must be its beginning. */
async function amissBelow(
  tree: TreeReader,
  { size }: Checkpoint,
  [what, head]: readonly [string, TreeHead | null],
): Promise<Amiss | null> {
  if (head === null || head.size > size || sameBytes(await tree.rootAt(head.size), head.root))
    return null
  return refuted(`${what} is not of the log that its checkpoint signs`)
}

function refuted(reason: string): Amiss {
  return { status: 'refuted', reason }
}

function sizeIn(note: string | null): number {
  return note === null ? 0 : readCheckpoint(readNote(note).text).size
}

async function amissInRows({ misfiled }: StoreBooks): Promise<Amiss | null> {
  const reason = await misfiled()
  return reason === null ? null : refuted(reason)
}

/** Files that the log does not have: of another size, or unfinished forms that are not how its tiles began. */
async function amissInFiles({ log, paths }: StoreBooks): Promise<Amiss | null> {
  // Before the head: what is written meanwhile is of a later one.
  const found = await paths()
  const { size } = (await log.head()).frontier
  for (const path of found) {
    const tile = parseTilePath(path)
    const now = tile === null ? null : tileAt(size, tile)
    if (tile === null || now === null || !(await isBeginning(log, tile, now)))
      return refuted(`the file ${path} is none of the log of ${size} entries`)
  }
  return null
}

async function isBeginning({ file }: StoreBooks['log'], tile: Tile, now: Tile): Promise<boolean> {
  if (tile.width >= now.width) return tile.width === now.width
  const [before, after] = [await file(tilePath(tile)), await file(tilePath(now))]
  // One of them may have been taken away or not be there yet: that the log is whole is seen elsewhere.
  return before === null || after === null || sameBytes(before, cutTile(tile, after))
}

/** Of what is not sealed yet nothing is proved; but it must be what its own leaf says. */
async function amissInUnsealed({ records, unsealed }: StoreBooks): Promise<Amiss | null> {
  for (const { tenant, id } of await unsealed(maxUnsealed)) {
    const record = await records.get(tenant, id)
    const contradiction = record === null ? 'has no body' : contradictionWithLeaf(record)
    if (contradiction !== null)
      return refuted(`the record ${id}, which is not sealed yet, ${contradiction}`)
  }
  return null
}
