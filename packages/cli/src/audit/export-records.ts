import { open, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { csvHead, csvRow, ocsfEvent, type ExportedRecord } from '@writ/contract'
import { Fault } from '@writ/domain'
import {
  exportedOf,
  isInScope,
  lacking,
  walkRecords,
  type ExportScope,
  type LoggedRecord,
} from '@writ/service'
import { createProgress } from '../check/progress.ts'
import type { Desk } from '../desk.ts'
import { auditCodes } from '../exit-codes.ts'
import { counted, plainLine } from '../output/plain.ts'
import { amissIn, type Source } from './source.ts'
import { trustOf } from './trust.ts'
import { tell } from './verdict.ts'

export const recordFormats = ['ndjson', 'csv', 'ocsf'] as const
export type RecordFormat = (typeof recordFormats)[number]

const writers: Readonly<
  Record<RecordFormat, { readonly head: string; readonly row: (record: ExportedRecord) => string }>
> = {
  ndjson: { head: '', row: (record) => `${JSON.stringify(record)}\n` },
  csv: { head: csvHead, row: csvRow },
  ocsf: { head: '', row: (record) => `${JSON.stringify(ocsfEvent(record))}\n` },
}

type Written = {
  readonly target: string
  readonly format: RecordFormat
  readonly scope: ExportScope
  readonly policy: string | undefined
}

/**
 * Writes records one after the other, for other programs: to a new file, or to standard output by the name `-`. A file stays
 * only where the whole log is verified, and each record is what was sealed.
 */
export async function exportRecords(
  source: Source,
  { target, format, scope, policy: trusted }: Written,
  desk: Desk,
): Promise<number> {
  const { head, row } = writers[format]
  const { policy } = await trustOf(trusted, source, desk)
  const out = await openTarget(target, desk)
  const progress = createProgress(desk)
  const { reader } = source
  let count = 0
  let isWhole = false
  try {
    await out.write(head)
    const take = async ({ logged: { leaf, index }, record }: LoggedRecord): Promise<void> => {
      if (record === null) throw lacking(`the record ${leaf.id} at index ${index}`)
      await out.write(row(exportedOf(index, record)))
      count += 1
      progress.show(`${counted(count, 'record')} exported`)
    }
    const walked = await walkRecords({ reader, policy, isWanted: isInScope(scope), take })
    isWhole = walked.status === 'verified'
    // Standard output may be the records.
    if (walked.status !== 'verified')
      return tell(await amissIn(source, walked), { format: 'text' }, { ...desk, out: desk.err })
  } finally {
    progress.clear()
    await out.close(isWhole)
  }
  desk.err(`Exported ${counted(count, 'record')} to ${plainLine(target)}\n`)
  return auditCodes.verified
}

type Target = {
  readonly write: (text: string) => Promise<unknown>
  /** What is not whole is taken away, where that can be. */
  readonly close: (isWhole: boolean) => Promise<void>
}

async function openTarget(target: string, { cwd, out, flushed }: Desk): Promise<Target> {
  if (target === '-')
    return {
      write: (text) => {
        out(text)
        return flushed()
      },
      close: async () => undefined,
    }
  const path = resolve(cwd, target)
  const file = await open(path, 'wx', 0o600).catch((cause: unknown) => {
    throw new Fault('request-invalid', `${target} cannot be made: name a new file`, { cause })
  })
  return {
    write: (text) => file.appendFile(text),
    close: async (isWhole) => {
      await file.close()
      if (!isWhole) await rm(path)
    },
  }
}
