import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { Fault } from '@writ/domain'
import { readTrustPolicy, writeVerifierKey, type LogFile } from '@writ/ledger'
import { exportFiles, type ExportScope } from '@writ/service'
import { createProgress } from '../check/progress.ts'
import type { Desk } from '../desk.ts'
import { auditCodes } from '../exit-codes.ts'
import { counted, plainLine } from '../output/plain.ts'
import { exportReadme } from './export-readme.ts'
import { exportRecords, type RecordFormat } from './export-records.ts'
import { openWhole, type Where } from './open-source.ts'
import type { Source } from './source.ts'
import { textIn } from './trust.ts'
import { sumOf, sumsFile, writeSums } from './sums.ts'

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
  const scope = scopeOf(options)
  try {
    return options.format === 'folder'
      ? await exportFolder(source, { folder: target, scope, policy: options.policy }, desk)
      : await exportRecords(source, { target, format: options.format, scope }, desk)
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
  const target = resolve(desk.cwd, folder)
  const first = await companions(source, policy, desk)
  refuseUsed(target, folder)
  const progress = createProgress(desk)
  const files = exportFiles({
    reader: source.reader,
    scope,
    exportedAt: desk.now().toISOString(),
    onProgress: (leaves, all) =>
      progress.show(`${counted(leaves, 'entry', 'entries')} of ${all} exported`),
  })
  const count = await writeFiles(target, first, files)
  progress.clear()
  desk.out(`Exported ${counted(count, 'file')} to ${plainLine(folder)}\n`)
  desk.out(`  check it with  writ audit fsck ${plainLine(folder)}\n`)
  return auditCodes.verified
}

/** Files of two exports must not be mixed up, and one that was broken off is begun anew. */
function refuseUsed(target: string, folder: string): void {
  mkdirSync(target, { recursive: true, mode: 0o700 })
  if (readdirSync(target).length === 0) return
  throw new Fault(
    'request-invalid',
    `${folder} is not empty: name a new folder, or remove it if an export into it was broken off`,
  )
}

/** Writes each file as it comes, and at last the list of their sums. Gives how many there are. */
async function writeFiles(
  target: string,
  first: readonly LogFile[],
  rest: AsyncIterable<LogFile>,
): Promise<number> {
  const sums = new Map<string, string>()
  const write = ({ path, bytes }: LogFile): void => {
    const file = join(target, path)
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(file, bytes, { mode: 0o600, flag: 'wx' })
    sums.set(path, sumOf(bytes))
  }
  first.forEach(write)
  for await (const file of rest) write(file)
  writeFileSync(join(target, sumsFile), writeSums(sums), { mode: 0o600, flag: 'wx' })
  return sums.size + 1
}

/** A house exports the records of all tenants, unless one is named; a service those of the one that asks. */
function scopeOf({ from, to, tenant }: ExportOptions): ExportScope {
  return { from: from ?? null, to: to ?? null, tenant: tenant ?? null }
}

/** What a verifier needs beside the log and the records. */
async function companions(
  source: Source,
  path: string | undefined,
  desk: Desk,
): Promise<readonly LogFile[]> {
  const policy = path === undefined ? source.policy : await textIn(path, desk)
  if (policy === null)
    throw new Fault('request-invalid', `No key came with ${source.name}: name the policy that has it, --policy FILE`) // prettier-ignore
  const [key] = readTrustPolicy(policy).logs
  if (key === undefined) throw new Fault('request-invalid', 'The policy names no log')
  return [
    textFile('log.vkey', `${writeVerifierKey(key)}\n`),
    textFile('trust.policy', `${policyHead}${policy}`),
    textFile('README.md', exportReadme),
  ]
}

const policyHead = `# Whom to trust in checking this log, as C2SP tlog-policy has it.
# This came with the log. Before you rely on it, compare the key with one that the owner of the log told you by another way.
`

function textFile(path: string, text: string): LogFile {
  return { path, bytes: new TextEncoder().encode(text) }
}
