import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { LogFile } from '@writ/ledger'
import { exportFiles, type ExportScope } from '@writ/service'
import { createProgress } from '../check/progress.ts'
import type { Desk } from '../desk.ts'
import { auditCodes } from '../exit-codes.ts'
import { counted, plainLine } from '../output/plain.ts'
import { exportReadme } from './export-readme.ts'
import { exportRecords, type RecordFormat } from './export-records.ts'
import { openWhole, scopeOf, type Where } from './open-source.ts'
import type { Source } from './source.ts'
import { beginExport, resumed, unfinishedFile } from './resume.ts'
import { trustFiles, writeInto } from './write-folder.ts'

export type ExportOptions = Where & {
  readonly format: 'folder' | RecordFormat
  readonly from?: string
  readonly to?: string
  readonly policy?: string
}

/** Writes a ledger to a new folder that needs neither its store nor Writ to be checked, or its records for other programs. */
export async function exportLedger(
  target: string,
  options: ExportOptions,
  desk: Desk,
): Promise<number> {
  const source = await openWhole(options, desk)
  const { format, policy } = options
  const scope = scopeOf(options)
  try {
    return format === 'folder'
      ? await exportFolder(source, { folder: target, scope, policy }, desk)
      : await exportRecords(source, { target, format, scope, policy }, desk)
  } finally {
    await source.close()
  }
}

type Asked = {
  readonly folder: string
  readonly scope: ExportScope
  readonly policy: string | undefined
}

async function exportFolder(
  source: Source,
  { folder, scope, policy }: Asked,
  desk: Desk,
): Promise<number> {
  const trust = await trustFiles(source, policy, desk)
  const target = resolve(desk.cwd, folder)
  beginExport(target, { ...scope, log: keyIn(trust) }, folder)
  const writer = writeInto(target)
  const progress = createProgress(desk)
  const files = exportFiles({
    reader: resumed(source.reader, target),
    scope,
    exportedAt: desk.now().toISOString(),
    onProgress: (leaves, all) =>
      progress.show(`${counted(leaves, 'entry', 'entries')} of ${all} exported`),
  })
  trust.forEach(({ path, bytes }) => writer.put(path, bytes))
  writer.put('README.md', exportReadme)
  try {
    for await (const { path, bytes } of files) writer.put(path, bytes)
  } catch (thrown) {
    desk.err(`${plainLine(folder)} is unfinished: the same command goes on where this one ended\n`)
    throw thrown
  } finally {
    progress.clear()
  }
  const count = writer.finish()
  rmSync(join(target, unfinishedFile))
  desk.out(`Exported ${counted(count, 'file')} to ${plainLine(folder)}\n`)
  desk.out(`  check it with  writ audit fsck ${plainLine(folder)}\n`)
  return auditCodes.verified
}

function keyIn(trust: readonly LogFile[]): string {
  const key = trust.find(({ path }) => path === 'log.vkey')
  return Buffer.from(key?.bytes ?? []).toString('utf8')
}
