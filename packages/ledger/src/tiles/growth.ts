import { appended, emptyFrontier, rootOf, type Frontier } from '../tree/frontier.ts'
import { hashLength, leafHashOf, type Hash } from '../tree/hash.ts'
import { readBundle, writeBundle } from './bundle.ts'
import type { ReadTile } from './reader.ts'
import { tileAt, tilePath, tileWidth, type Tile } from './tile.ts'

/** What a log becomes by some more entries: its tree, and every file that it now has and had not. */
export type Growth = {
  readonly frontier: Frontier
  readonly root: Hash
  readonly files: readonly LogFile[]
}

/** A file of a log, by its path in the layout of tlog-tiles. */
export type LogFile = { readonly path: string; readonly bytes: Uint8Array }

/**
 * Appends entries to a log. Of what the log has, only the unfinished tiles at its right edge are read: one a level, and the
 * unfinished bundle.
 */
export async function grown(
  frontier: Frontier,
  entries: readonly Uint8Array[],
  readTile: ReadTile,
): Promise<Growth> {
  const leafHashes = entries.map(leafHashOf)
  const { size } = frontier
  const files: LogFile[] = []
  if (entries.length > 0) {
    const { index: first, tile } = edgeOf(size, 'entries')
    const held = tile === null ? [] : readBundle(await readTile(tile))
    for (const [index, part] of chunksFrom(first, [...held, ...entries]))
      files.push(fileOf({ level: 'entries', index, width: part.length }, writeBundle(part)))
  }
  let fresh: readonly Hash[] = leafHashes
  for (let level = 0; fresh.length > 0; level += 1) {
    const { index: first, tile } = edgeOf(size, level)
    const held = tile === null ? [] : hashesIn(await readTile(tile))
    const parts = chunksFrom(first, [...held, ...fresh])
    for (const [index, part] of parts)
      files.push(fileOf({ level, index, width: part.length }, new Uint8Array(Buffer.concat(part))))
    fresh = parts.flatMap(([, part]) => (part.length === tileWidth ? [rootOfAll(part)] : []))
  }
  const after = appended(frontier, leafHashes)
  return { frontier: after, root: rootOf(after), files }
}

/** The hashes that a tile is made of. */
export function hashesIn(tile: Uint8Array): readonly Hash[] {
  return Array.from({ length: tile.byteLength / hashLength }, (_, place) =>
    tile.slice(place * hashLength, (place + 1) * hashLength),
  )
}

/** Where a level goes on, and the unfinished tile that stands there, if any. */
function edgeOf(size: number, level: Tile['level']): { index: number; tile: Tile | null } {
  const hashes = Math.floor(size / tileWidth ** (level === 'entries' ? 0 : level))
  const index = Math.floor(hashes / tileWidth)
  return { index, tile: tileAt(size, { level, index }) }
}

function chunksFrom<T>(
  first: number,
  all: readonly T[],
): readonly (readonly [number, readonly T[]])[] {
  return Array.from({ length: Math.ceil(all.length / tileWidth) }, (_, place) => [
    first + place,
    all.slice(place * tileWidth, (place + 1) * tileWidth),
  ])
}

function fileOf(tile: Tile, bytes: Uint8Array): LogFile {
  return { path: tilePath(tile), bytes }
}

function rootOfAll(hashes: readonly Hash[]): Hash {
  return rootOf(appended(emptyFrontier, hashes))
}
