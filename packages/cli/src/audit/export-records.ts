import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { csvHead, csvRow, ocsfEvent, type ExportedRecord } from '@writ/contract'
import { Fault } from '@writ/domain'
import { exportedOf, isInScope, lacking, loggedRecords, type ExportScope } from '@writ/service'
import { createProgress } from '../check/progress.ts'
import type { Desk } from '../desk.ts'
import { auditCodes } from '../exit-codes.ts'
import { counted, plainLine } from '../output/plain.ts'
import type { Source } from './source.ts'

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
}

/** Writes records one after the other, for other programs: to a new file, or to standard output by the name `-`. */
export async function exportRecords(
  source: Source,
  { target, format, scope }: Written,
  desk: Desk,
): Promise<number> {
  const { head, row } = writers[format]
  const out = await openTarget(target, desk)
  const progress = createProgress(desk)
  let count = 0
  try {
    await out.write(head)
    for await (const { logged, record } of loggedRecords(source.reader, isInScope(scope))) {
      if (record === null) throw lacking(`the record ${logged.leaf.id} at index ${logged.index}`)
      await out.write(row(exportedOf(logged.index, record)))
      count += 1
      progress.show(`${counted(count, 'record')} exported`)
    }
  } finally {
    progress.clear()
    await out.close()
  }
  desk.err(`Exported ${counted(count, 'record')} to ${plainLine(target)}\n`)
  return auditCodes.verified
}

type Target = {
  readonly write: (text: string) => Promise<unknown>
  readonly close: () => Promise<void>
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
  const file = await open(resolve(cwd, target), 'wx', 0o600).catch((cause: unknown) => {
    throw new Fault('request-invalid', `${target} cannot be made: name a new file`, { cause })
  })
  return { write: (text) => file.appendFile(text), close: () => file.close() }
}
