import { readLeaf } from './entry.ts'
import { malformed } from './malformed.ts'
import type { Checkpoint } from './notes/checkpoint.ts'
import type { VerifierKey } from './notes/keys.ts'
import { fromBase64, toBase64 } from './notes/text.ts'
import { readBundle } from './tiles/bundle.ts'
import { readTree } from './tiles/reader.ts'
import { tilePath, tilesOf, tileWidth, type Tile } from './tiles/tile.ts'
import { leafHashOf, type Hash } from './tree/hash.ts'
import { isIncluded } from './tree/verify.ts'

/** An entry that announces a key, with the proof that the log has it. */
export type Handover = {
  readonly index: number
  readonly leaf: Uint8Array
  readonly proof: readonly Hash[]
}

/** Gives a file of a log by its path in the layout of tlog-tiles; null where there is none. */
export type ReadLogFile = (path: string) => Promise<Uint8Array | null>

/**
 * These keys, and each that one of them has announced in this log, or one that was announced so. A key that is announced
 * elsewhere, or by a key that is not trusted, is not followed. Throws the Fault `log-malformed` on an entry that announces
 * a key and is not signed by the key before it.
 */
export function followKeys(
  keys: readonly VerifierKey[],
  head: Checkpoint,
  handovers: readonly Handover[],
): readonly VerifierKey[] {
  const announced = handovers
    .filter(({ leaf, ...place }) => isIncluded({ ...place, ...head, leafHash: leafHashOf(leaf) }))
    .map(({ leaf }) => readLeaf(leaf).announces)
    .filter((announcement) => announcement?.log === head.origin)
  const trusted = [...keys]
  const isTrusted = (key: VerifierKey): boolean => trusted.some((one) => isSameKey(one, key))
  // Each turn of the loop follows one key at the least, in whatever order they are in the log.
  for (let before = -1; before < trusted.length;) {
    before = trusted.length
    for (const announcement of announced)
      if (announcement !== null && isTrusted(announcement.from) && !isTrusted(announcement.to))
        trusted.push(announcement.to)
  }
  return trusted
}

function isSameKey(left: VerifierKey, right: VerifierKey): boolean {
  return left.name === right.name && toBase64(left.publicKey) === toBase64(right.publicKey)
}

/**
 * Reads a log of this size for the entries that announce keys: every bundle of it, and the tiles that prove them. What is
 * missing is passed over, and what cannot be proven by it is not followed.
 */
export async function findHandovers(
  readFile: ReadLogFile,
  size: number,
): Promise<readonly Handover[]> {
  const read = async (tile: Tile): Promise<Uint8Array> =>
    (await readFile(tilePath(tile))) ?? new Uint8Array()
  const tree = readTree(size, read)
  const found: Handover[] = []
  for (const tile of tilesOf(size).filter(({ level }) => level === 'entries')) {
    const bundle = await read(tile)
    // To parse every leaf of a long log takes long.
    if (!Buffer.from(bundle).includes(mark)) continue
    for (const [place, leaf] of readBundle(bundle).entries()) {
      const index = tile.index * tileWidth + place
      if (Buffer.from(leaf).includes(mark))
        found.push({ index, leaf, proof: await tree.inclusion(index).catch(() => []) })
    }
  }
  return found
}

/** What the leaf of such an entry has, and no other: within a text of JSON its quotes would be escaped. */
const mark = '"announces":"'

const heading = 'writ.handovers/v1\n'

/** Handovers as the extra data of a proof file; null when there are none. */
export function writeHandovers(handovers: readonly Handover[]): Uint8Array | null {
  if (handovers.length === 0) return null
  const lines = handovers.map(({ index, leaf, proof }) =>
    [index, toBase64(leaf), ...proof.map(toBase64)].join(' '),
  )
  return new TextEncoder().encode(`${heading}${lines.join('\n')}\n`)
}

/** Reads them; none where the extra data is another's. */
export function readHandovers(extra: Uint8Array | null): readonly Handover[] {
  const text = new TextDecoder().decode(extra ?? new Uint8Array())
  if (!text.startsWith(heading)) return []
  const lines = text.slice(heading.length).split('\n')
  return lines.filter((line) => line !== '').map(readHandover)
}

function readHandover(line: string): Handover {
  const [index = '', ...texts] = line.split(' ')
  const [leaf, ...proof] = texts.map(fromBase64)
  const hashes = proof.filter((hash) => hash !== null)
  if (
    !/^\d{1,15}$/.test(index) ||
    leaf === null ||
    leaf === undefined ||
    hashes.length < proof.length
  )
    throw malformed('handover', 'its line must be an index, a leaf and hashes')
  return { index: Number(index), leaf, proof: hashes }
}
