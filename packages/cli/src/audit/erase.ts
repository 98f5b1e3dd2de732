import { createClient } from '@writ/client'
import type { ServiceOptions } from '../command-line.ts'
import type { Desk } from '../desk.ts'
import { auditCodes } from '../exit-codes.ts'
import { plainLine } from '../output/plain.ts'
import type { VerdictFormat } from './verdict.ts'

export type EraseOptions = ServiceOptions & VerdictFormat & { readonly reason: string }

/** Asks a service to erase a record, and tells what is left of it. */
export async function erase(id: string, options: EraseOptions, desk: Desk): Promise<number> {
  const { server, tenant, timeout, reason, format } = options
  const who = tenant === undefined ? {} : { tenant }
  const client = createClient({ server, timeoutMilliseconds: timeout * 1000, ...who })
  const erasure = await client.eraseRecord(id, reason)
  const { id: name, erases, erased_at: at } = erasure
  const lines = [
    `Erased ${plainLine(erases)}: what it said, who asked and who acted are gone for good`,
    `  erased at  ${plainLine(at)}`,
    `  why        ${plainLine(erasure.reason)}`,
    `  recorded   ${plainLine(name)}`,
    'Its leaf stays in the log, and is proved as before. Exports and backups that were made earlier still hold it.',
  ]
  desk.out(format === 'json' ? `${JSON.stringify(erasure, null, 2)}\n` : `${lines.join('\n')}\n`)
  return auditCodes.verified
}
