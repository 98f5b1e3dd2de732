import { writeExportManifest, type ExportedRecord, type ExportManifest } from '@writ/contract'
import type { Instant } from '@writ/domain'
import {
  readBundle,
  readCheckpoint,
  readNote,
  tilePath,
  tilesOf,
  tileWidth,
  toBase64,
  type Leaf,
  type LogFile,
  type Tile,
} from '@writ/ledger'
import { exportedOf } from './exported-record.ts'
import { lacking, loggedLeaves, wholeFile, type LedgerReader } from './ledger-reader.ts'

/** Which records an export holds. Of the log it always holds all. */
export type ExportScope = Pick<ExportManifest, 'from' | 'to' | 'tenant'>

export type ExportParts = {
  readonly reader: LedgerReader
  readonly scope: ExportScope
  readonly exportedAt: Instant
  /** Told after each bundle, with the number of leaves so far and of all. */
  readonly onProgress?: (leaves: number, all: number) => void
}

/** True for the leaf of a record that such an export holds. */
export function isInScope({ from, to, tenant }: ExportScope): (leaf: Leaf) => boolean {
  return (leaf) =>
    (from === null || leaf.at >= from) &&
    (to === null || leaf.at < to) &&
    (tenant === null || leaf.tenant === tenant)
}

/**
 * The files of an export, one at a time: the log in the layout of tlog-tiles, a file of records beside each bundle that has
 * any, and what the export holds. The checkpoint comes last, so that a copy that was broken off has none. Throws the Fault
 * `log-halted` where the ledger lacks a part of itself, and checks nothing else: that is `checkLedger`'s.
 */
export async function* exportFiles(parts: ExportParts): AsyncGenerator<LogFile> {
  const { reader, scope, exportedAt, onProgress } = parts
  const note = await wholeFile(reader, 'checkpoint')
  const { origin, size, root } = readCheckpoint(readNote(new TextDecoder().decode(note)).text)
  let records = 0
  for (const tile of tilesOf(size)) {
    const file = { path: tilePath(tile), bytes: await wholeFile(reader, tilePath(tile)) }
    yield file
    if (tile.level !== 'entries') continue
    const lines = await exportedIn(parts, tile, file.bytes)
    if (lines.length > 0) yield { path: recordsPath(tile), bytes: utf8(linesOf(lines)) }
    records += lines.length
    onProgress?.(tile.index * tileWidth + tile.width, size)
  }
  const manifest = { exportedAt, origin, size, root: toBase64(root), records, ...scope }
  yield { path: 'manifest.json', bytes: utf8(writeExportManifest(manifest)) }
  yield { path: 'checkpoint', bytes: note }
}

/** Where an export keeps the records of a bundle: `bodies/<N>.ndjson`. */
export function recordsPath({ index }: Pick<Tile, 'index'>): string {
  const bundle = tilePath({ level: 'entries', index, width: tileWidth })
  return `${bundle.replace('tile/entries/', 'bodies/')}.ndjson`
}

async function exportedIn(
  { reader, scope }: ExportParts,
  { index }: Tile,
  bundle: Uint8Array,
): Promise<readonly ExportedRecord[]> {
  const isWanted = isInScope(scope)
  const logged = loggedLeaves(index * tileWidth, readBundle(bundle))
  if (!logged.some(({ leaf }) => isWanted(leaf))) return []
  const records = await reader.records(logged)
  return logged.flatMap((one, place) => {
    if (!isWanted(one.leaf)) return []
    const record = records[place] ?? null
    if (record === null) throw lacking(`the record ${one.leaf.id} at index ${one.index}`)
    return [exportedOf(one.index, record)]
  })
}

function linesOf(records: readonly ExportedRecord[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('')
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
