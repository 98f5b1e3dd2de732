import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { Fault } from '@writ/domain'
import { parseTilePath, tileWidth } from '@writ/ledger'
import { readRecordsFile, recordsPath, type ExportScope, type LedgerReader } from '@writ/service'

/** Says of a folder that an export into it was begun and not finished: nothing that has it verifies as whole. */
export const unfinishedFile = 'unfinished.json'

/** What an export is of: the log, by the line of its key, and which records. */
export type ExportOf = ExportScope & { readonly log: string }

/**
 * Makes a folder ready for an export that was broken off there, or for a new one. What never changes stays, which are the full
 * tiles and their records; all else is taken away, for the log may have grown. Throws the Fault `request-invalid` where it
 * holds anything else.
 */
export function beginExport(target: string, of: ExportOf, folder: string): void {
  const marker = join(target, unfinishedFile)
  const asked = `${JSON.stringify(of)}\n`
  const paths = existsSync(target) ? pathsIn(target) : []
  const begun = existsSync(marker) ? readFileSync(marker, 'utf8') : null
  if (paths.length > 0 && begun === null)
    throw new Fault('request-invalid', `${folder} is not empty: name a new folder`)
  if (begun !== null && begun !== asked)
    throw new Fault(
      'request-invalid',
      `An export of something else was broken off in ${folder}: ask for the same, or name a new folder`,
    )
  const tiles = paths.filter((path) => parseTilePath(path)?.width === tileWidth)
  const lasting = new Set([...tiles, ...tiles.flatMap(recordsOf)])
  for (const path of paths) if (!lasting.has(path)) rmSync(join(target, path))
  mkdirSync(target, { recursive: true, mode: 0o700 })
  writeFileSync(marker, asked, { mode: 0o600 })
}

/** The ledger, of which what an export has written already is not asked for again. */
export function resumed(reader: LedgerReader, target: string): LedgerReader {
  const had = (path: string): Uint8Array | null =>
    existsSync(join(target, path)) ? readFileSync(join(target, path)) : null
  return {
    ...reader,
    file: async (path) =>
      (parseTilePath(path)?.width === tileWidth ? had(path) : null) ?? reader.file(path),
    records: async (leaves) => {
      const index = Math.floor((leaves[0]?.index ?? 0) / tileWidth)
      const file = leaves.length === tileWidth ? had(recordsPath({ index })) : null
      return file === null ? reader.records(leaves) : readRecordsFile(file, leaves)
    },
  }
}

/** The file of records that lies beside a bundle; none of any other tile. */
function recordsOf(path: string): readonly string[] {
  const tile = parseTilePath(path)
  return tile?.level === 'entries' ? [recordsPath(tile)] : []
}

/** Every file of a folder by its path, with `/` between its parts on every system. */
export function pathsIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).split(sep).join('/'))
}
