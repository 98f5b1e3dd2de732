import { Fault } from '@writ/domain'
import type { ReadLogFile } from './handover.ts'
import { readCheckpoint } from './notes/checkpoint.ts'
import { readNote } from './notes/note.ts'
import type { TrustPolicy } from './notes/policy.ts'
import {
  followingPolicy,
  verifyCheckpoint,
  type Proven,
  type TrustedCheckpoint,
} from './notes/verify-proof.ts'
import { readBundle } from './tiles/bundle.ts'
import { tilePath, tilesOf, tileWidth, type Tile } from './tiles/tile.ts'
import { appended, emptyFrontier, rootOf } from './tree/frontier.ts'
import { leafHashOf, sameBytes, type Hash } from './tree/hash.ts'

/** A log to be checked, wherever it lies. */
export type WholeLog = {
  /** A file of the log by its path in the layout of tlog-tiles, `checkpoint` among them; null where there is none. */
  readonly readFile: ReadLogFile
  readonly policy: TrustPolicy
  /**
   * Takes the entries of each bundle, in order, with the index of the first; gives what is amiss with them, if anything. The
   * Fault `log-malformed` from in there says so too: `refuted`.
   */
  readonly onEntries?: (first: number, entries: readonly Uint8Array[]) => Promise<Amiss | null>
}

/** `refuted` where two things contradict each other, `unproven` where one is missing. */
export type Amiss = { readonly status: 'refuted' | 'unproven'; readonly reason: string }

/**
 * Reads a whole log, from its entries up: every tile must be what they hash to, and the root what its checkpoint says.
 * `refuted` names the file that contradicts the others, `unproven` the one that is missing. It holds one tile a level.
 */
export async function checkLog(log: WholeLog): Promise<Proven<TrustedCheckpoint>> {
  try {
    const note = await log.readFile('checkpoint')
    if (note === null) return missing('checkpoint')
    if (!isUtf8(note)) return refuted('the checkpoint is not UTF-8')
    const text = Buffer.from(note).toString('utf8')
    const unreadable = unreadableIn(text)
    if (unreadable !== null) return unreadable
    const policy = await followingPolicy(text, log.policy, log.readFile)
    const trusted = verifyCheckpoint(text, policy)
    if (trusted.status !== 'verified') return trusted
    return (await amissIn(log, trusted)) ?? trusted
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.code === 'log-malformed') return refuted(thrown.message)
    throw thrown
  }
}

/** Nobody has signed what is no checkpoint: it contradicts nothing. */
function unreadableIn(note: string): Amiss | null {
  try {
    readCheckpoint(readNote(note).text)
    return null
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.code === 'log-malformed')
      return { status: 'unproven', reason: `the checkpoint is none: ${thrown.message}` }
    throw thrown
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  return sameBytes(Buffer.from(Buffer.from(bytes).toString('utf8')), bytes)
}

async function amissIn(log: WholeLog, { checkpoint }: TrustedCheckpoint): Promise<Amiss | null> {
  const { size, root } = checkpoint
  // Those of level 0 as they are read; of each level above, the roots of the full tiles below.
  const rows: Hash[][] = []
  let frontier = emptyFrontier
  for (const tile of tilesOf(size).filter(({ level }) => level === 'entries')) {
    const hashes: Hash[] = []
    const amiss = await amissInBundle(log, tile, { hashes, rows })
    if (amiss !== null) return amiss
    frontier = appended(frontier, hashes)
  }
  const unfinished = tilesOf(size).filter(
    ({ level, width }) => level !== 'entries' && level > 0 && width < tileWidth,
  )
  for (const tile of unfinished) {
    const amiss = await amissInTile(log, tile, rows[Number(tile.level)] ?? [])
    if (amiss !== null) return amiss
  }
  if (sameBytes(rootOf(frontier), root)) return null
  return refuted(`the ${size} entries lead to another root than the one that is signed`)
}

/** Checks a bundle and the tiles that end with it, and puts what its entries hash to into `hashes`. */
async function amissInBundle(
  log: WholeLog,
  tile: Tile,
  { hashes, rows }: { readonly hashes: Hash[]; readonly rows: Hash[][] },
): Promise<Amiss | null> {
  const bytes = await log.readFile(tilePath(tile))
  if (bytes === null) return missing(tilePath(tile))
  const entries = readBundle(bytes)
  if (entries.length !== tile.width)
    return refuted(`${tilePath(tile)} has ${entries.length} entries where ${tile.width} belong`)
  hashes.push(...entries.map(leafHashOf))
  const amiss = await amissAbove(log, rows, { tile: { ...tile, level: 0 }, hashes })
  return amiss ?? (await log.onEntries?.(tile.index * tileWidth, entries)) ?? null
}

type Row = { readonly tile: Tile & { readonly level: number }; readonly hashes: readonly Hash[] }

/** Checks a tile; a full one gives a hash to the level above, which may be full by it. */
async function amissAbove(
  log: WholeLog,
  rows: Hash[][],
  { tile, hashes }: Row,
): Promise<Amiss | null> {
  const amiss = await amissInTile(log, tile, hashes)
  if (amiss !== null || tile.width < tileWidth) return amiss
  const level = tile.level + 1
  const row = (rows[level] ??= [])
  row.push(rootOf(appended(emptyFrontier, hashes)))
  if (row.length < tileWidth) return null
  rows[level] = []
  const index = Math.floor(tile.index / tileWidth)
  return amissAbove(log, rows, { tile: { level, index, width: tileWidth }, hashes: row })
}

async function amissInTile(
  log: WholeLog,
  tile: Tile,
  hashes: readonly Hash[],
): Promise<Amiss | null> {
  const path = tilePath(tile)
  const bytes = await log.readFile(path)
  if (bytes === null) return missing(path)
  return sameBytes(bytes, Buffer.concat(hashes))
    ? null
    : refuted(`${path} is not what the entries hash to`)
}

function missing(path: string): Amiss {
  return { status: 'unproven', reason: `${path} is missing` }
}

function refuted(reason: string): Amiss {
  return { status: 'refuted', reason }
}
