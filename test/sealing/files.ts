import {
  appended,
  emptyFrontier,
  leafHashOf,
  readBundle,
  rootOf,
  tilesOf,
  type Hash,
  type ReadTile,
} from '@writ/ledger'
import { readLogTile } from '@writ/service'
import type { Contents } from './store.ts'

/** Reads the tiles of a log as its store holds them. */
export function tileFrom({ files }: Contents): ReadTile {
  return readLogTile({ file: async (path) => files.get(path) ?? null })
}

/** The leaves of a log as its bundles hold them; null when one is missing. */
export async function leavesOf(
  held: Contents,
  size: number,
): Promise<readonly Uint8Array[] | null> {
  const bundles = tilesOf(size).filter(({ level }) => level === 'entries')
  try {
    return (await Promise.all(bundles.map(tileFrom(held)))).flatMap(readBundle)
  } catch {
    return null
  }
}

export async function rootOfEntries(held: Contents, size: number): Promise<Hash | null> {
  const leaves = await leavesOf(held, size)
  return leaves?.length === size ? rootOf(appended(emptyFrontier, leaves.map(leafHashOf))) : null
}
