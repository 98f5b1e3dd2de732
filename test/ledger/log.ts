import {
  emptyFrontier,
  grown,
  parseTilePath,
  readTree,
  tilePath,
  type Frontier,
  type Growth,
  type ReadTile,
  type TreeReader,
} from '@writ/ledger'

/** A log in memory, whose files are written as those of a real one: each once, never again. */
export type MemoryLog = {
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly append: (entries: readonly Uint8Array[]) => Promise<Growth>
  readonly readTile: ReadTile
  readonly frontier: () => Frontier
  readonly tree: (size?: number) => TreeReader
}

export function memoryLog(): MemoryLog {
  const files = new Map<string, Uint8Array>()
  let frontier = emptyFrontier
  const widest = new Map<string, Uint8Array>()
  /** A tile of hashes that was never published at this width is cut from a wider one. */
  const readTile: ReadTile = async (tile) => {
    const { level, index, width } = tile
    const found = files.get(tilePath(tile)) ?? widest.get(`${level}/${index}`)?.slice(0, width * 32)
    if (found === undefined) throw new Error(`the log has no ${tilePath(tile)}`)
    return found
  }
  return {
    files,
    readTile,
    frontier: () => frontier,
    tree: (size = frontier.size) => readTree(size, readTile),
    append: async (entries) => {
      const growth = await grown(frontier, entries, readTile)
      for (const { path, bytes } of growth.files) {
        if (files.has(path)) throw new Error(`${path} would be written twice`)
        files.set(path, bytes)
        const tile = parseTilePath(path)
        if (tile === null) throw new Error(`${path} is no path of a tile`)
        if (tile.level !== 'entries') widest.set(`${tile.level}/${tile.index}`, bytes)
      }
      frontier = growth.frontier
      return growth
    },
  }
}
