import { Fault } from '@writ/domain'
import { cutTile, tilePath, tileWidth, type ReadTile } from '@writ/ledger'
import type { LogStore } from './log-store.ts'

/** Reads the tiles of a log. One that was unfinished, and has been finished since, is cut from the full one. */
export function readLogTile(log: Pick<LogStore, 'file'>): ReadTile {
  return async (tile) => {
    const bytes = await log.file(tilePath(tile))
    if (bytes !== null) return bytes
    const full = await log.file(tilePath({ ...tile, width: tileWidth }))
    if (full !== null) return cutTile(tile, full)
    throw new Fault(
      'log-halted',
      `The log lacks ${tilePath(tile)}. Bring the store back from a backup that has it.`,
    )
  }
}
