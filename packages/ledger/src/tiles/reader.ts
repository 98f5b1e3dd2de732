import { malformed } from '../malformed.ts'
import { emptyRoot, hashLength, nodeHashOf, type Hash } from '../tree/hash.ts'
import { consistencySpans, inclusionSpans, splitOf, type Span } from '../tree/paths.ts'
import type { Frontier } from '../tree/frontier.ts'
import { tileAt, tileHeight, tileWidth, type Tile } from './tile.ts'

/** Gives the bytes of a tile, from wherever the log lies. */
export type ReadTile = (tile: Tile) => Promise<Uint8Array>

/** What can be read of a tree. A size or an index that it does not have is a RangeError, a tile of another length the Fault `log-malformed`. */
export type TreeReader = {
  readonly root: () => Promise<Hash>
  /** The proof that the leaf at this index is in the tree. */
  readonly inclusion: (index: number) => Promise<readonly Hash[]>
  /** The proof that the tree begins with the one of this size. */
  readonly consistency: (earlier: number) => Promise<readonly Hash[]>
  /** The root of the tree as it was when it had this many leaves. */
  readonly rootAt: (earlier: number) => Promise<Hash>
  /** What is needed to append to the tree. */
  readonly frontier: () => Promise<Frontier>
}

/**
 * Reads a tree of this size from its tiles, each at most once. Nothing is verified here: what comes out is as true as the
 * tiles, and `isIncluded` and `isConsistent` say whether it fits a root.
 */
export function readTree(size: number, readTile: ReadTile): TreeReader {
  const kept = new Map<string, Promise<Uint8Array>>()
  const tileHashes = (level: number, index: number): Promise<Uint8Array> => {
    const name = `${level}/${index}`
    const known = kept.get(name) ?? readWhole(size, { level, index }, readTile)
    kept.set(name, known)
    return known
  }
  const spanHash = async ({ from, to }: Span): Promise<Hash> => {
    const count = to - from
    if (count === 0) return emptyRoot
    const height = Math.log2(count)
    if (Number.isInteger(height)) return subtreeHash(height, from / count, tileHashes)
    const middle = from + splitOf(count)
    return nodeHashOf(await spanHash({ from, to: middle }), await spanHash({ from: middle, to }))
  }
  const all = (spans: readonly Span[]): Promise<readonly Hash[]> => Promise.all(spans.map(spanHash))
  const rootAt = (earlier: number): Promise<Hash> => spanHash({ from: 0, to: earlier })
  return {
    root: () => rootAt(size),
    inclusion: (index) => all(inclusionSpans(index, size)),
    consistency: (earlier) => all(consistencySpans(earlier, size)),
    rootAt,
    frontier: async () => ({ size, hashes: await all(fullSubtrees(size)) }),
  }
}

/** The full subtrees that a tree of this size falls into, the largest first. */
function fullSubtrees(size: number): readonly Span[] {
  const spans: Span[] = []
  for (let from = 0; from < size;) {
    const rest = size - from
    const count = rest === 1 ? 1 : largestPower(rest)
    spans.push({ from, to: from + count })
    from += count
  }
  return spans
}

function largestPower(count: number): number {
  return splitOf(count + 1)
}

type TileHashes = (level: number, index: number) => Promise<Uint8Array>

/** The root of the full subtree with this height, the so-manieth of its kind: one hash of a tile, or several joined. */
async function subtreeHash(height: number, index: number, tileHashes: TileHashes): Promise<Hash> {
  const level = Math.floor(height / tileHeight)
  const count = 2 ** (height % tileHeight)
  const first = index * count
  const bytes = await tileHashes(level, Math.floor(first / tileWidth))
  const at = (first % tileWidth) * hashLength
  let hashes: readonly Hash[] = Array.from({ length: count }, (_, place) =>
    bytes.slice(at + place * hashLength, at + (place + 1) * hashLength),
  )
  while (hashes.length > 1) hashes = joined(hashes)
  return hashes[0] ?? emptyRoot
}

/** Each two neighbours as the node above them; a last one without a neighbour is left out. */
function joined(hashes: readonly Hash[]): readonly Hash[] {
  return hashes.flatMap((left, place) => {
    const right = hashes[place + 1]
    return place % 2 === 0 && right !== undefined ? [nodeHashOf(left, right)] : []
  })
}

async function readWhole(
  size: number,
  place: Pick<Tile, 'level' | 'index'>,
  readTile: ReadTile,
): Promise<Uint8Array> {
  const tile = tileAt(size, place)
  if (tile === null) throw new RangeError('a tree of this size has no such tile')
  const bytes = await readTile(tile)
  if (bytes.byteLength === tile.width * hashLength) return bytes
  throw malformed('tile', `it has ${bytes.byteLength} bytes where ${tile.width} hashes belong`)
}
