import { Fault } from '@writ/domain'
import { cutTile, tilePath, tileWidth, type ReadTile, type Tile } from '@writ/ledger'
import type { LogReader } from './log-store.ts'

type Files = Pick<LogReader, 'file'>

/** Reads the tiles of a log. One that it lacks halts whatever needs it. */
export function readLogTile(log: Files): ReadTile {
  return async (tile) => {
    const bytes = await findLogTile(log, tile)
    if (bytes !== null) return bytes
    throw new Fault(
      'log-halted',
      `The log lacks ${tilePath(tile)}. Bring the store back from a backup that has it.`,
    )
  }
}

/** A tile as it stands; one that was unfinished, and has been finished since, is cut from the full one. */
export async function findLogTile(log: Files, tile: Tile): Promise<Uint8Array | null> {
  const bytes = await log.file(tilePath(tile))
  if (bytes !== null || tile.width === tileWidth) return bytes
  const full = await log.file(tilePath({ ...tile, width: tileWidth }))
  return full === null ? null : cutTile(tile, full)
}
