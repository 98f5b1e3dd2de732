import { lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readExportManifest, type ExportManifest } from '@writ/contract'
import { Fault } from '@writ/domain'
import { tilePath, tilesOf, tileWidth, toBase64, type Amiss } from '@writ/ledger'
import {
  isInScope,
  readRecordsFile,
  recordsPath,
  type CheckedLedger,
  type LedgerReader,
} from '@writ/service'
import { pathsIn } from './resume.ts'
import { proveBySearch, scopeFacts, type Source } from './source.ts'
import { amissInSums, sumOf, sumsFile } from './sums.ts'

/** Reads a folder that `writ audit export` wrote. */
export function openFolder(folder: string, tenant: string | null): Source {
  const text = textIn(folder, 'manifest.json')
  if (text === null)
    throw new Fault('request-invalid', `${folder} is no export: it has no manifest.json`)
  const manifest = readExportManifest(text)
  const reader = folderReader(folder)
  return {
    name: folder,
    reader,
    expects: isInScope(manifest),
    policy: textIn(folder, 'trust.policy'),
    keptBundle: async (path) => fileIn(folder, `bundles/${path}`),
    amissBeside: async (checked) =>
      amissInManifest(manifest, checked) ?? amissInFolder(folder, checked),
    facts: async () => scopeFacts(manifest),
    prove: (id) => proveBySearch(reader, { id, tenant }),
    close: async () => undefined,
  }
}

function folderReader(folder: string): LedgerReader {
  return {
    file: async (path) => fileIn(folder, path),
    records: async (leaves) => {
      const index = Math.floor((leaves[0]?.index ?? 0) / tileWidth)
      const file = fileIn(folder, recordsPath({ index }))
      return file === null ? leaves.map(() => null) : readRecordsFile(file, leaves)
    },
  }
}

/** Null where there is no such file; any other failure of the disk is no answer. */
function fileIn(folder: string, path: string): Uint8Array | null {
  try {
    return readFileSync(join(folder, path))
  } catch (thrown) {
    if (isMissing(thrown)) return null
    throw thrown
  }
}

export function isMissing(thrown: unknown): boolean {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR'
}

function textIn(folder: string, path: string): string | null {
  const bytes = fileIn(folder, path)
  return bytes === null ? null : Buffer.from(bytes).toString('utf8')
}

function amissInManifest(
  manifest: ExportManifest,
  { checkpoint, records }: CheckedLedger,
): Amiss | null {
  const isSo =
    manifest.origin === checkpoint.origin &&
    manifest.size === checkpoint.size &&
    manifest.root === toBase64(checkpoint.root) &&
    manifest.records === records
  const reason = 'manifest.json says something else than what is in the folder'
  return isSo ? null : { status: 'unproven', reason }
}

/** Every file of the folder must be there as it was written, and no other, whatever the sums say. */
function amissInFolder(folder: string, { checkpoint }: CheckedLedger): Amiss | null {
  const listed = textIn(folder, sumsFile)
  if (listed === null) return { status: 'unproven', reason: `${sumsFile} is missing` }
  const paths = pathsIn(folder).filter((path) => path !== sumsFile)
  const own = pathsOf(checkpoint.size)
  const foreign = paths.find((path) => !own.has(path) || !lstatSync(join(folder, path)).isFile())
  if (foreign !== undefined)
    return { status: 'unproven', reason: `${foreign} is no file that an export has` }
  const sums = new Map(paths.map((path) => [path, sumOf(readFileSync(join(folder, path)))]))
  return amissInSums(listed, sums)
}

/** Every path that an export of a log of this size may have. */
function pathsOf(size: number): ReadonlySet<string> {
  const tiles = tilesOf(size)
  const records = tiles.filter(({ level }) => level === 'entries').map(recordsPath)
  const beside = ['checkpoint', 'log.vkey', 'manifest.json', 'README.md', 'trust.policy']
  return new Set([...tiles.map(tilePath), ...records, ...beside])
}
