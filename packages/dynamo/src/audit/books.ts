import { markedSize, maxUnsealed, type EntryName, type LogStore } from '@writ/service'
import type { Waiver } from '@writ/domain'
import type { Connection } from '../connection.ts'
import { filePaths, misfiledLog } from './misfiled-log.ts'
import { misfiledRecords, type RecordsFound } from './misfiled-records.ts'
import { everyWaiver, misfiledWaivers } from './misfiled-waivers.ts'

/** What whoever checks the whole of a store reads beside its ports: each reads tables from end to end. */
export type DynamoAudit = {
  /** What stands in it that this program never writes, in words; null where nothing does. */
  readonly misfiled: () => Promise<string | null>
  /** The paths of the files that stand in the log. */
  readonly paths: () => Promise<readonly string[]>
  /** Of all tenants. */
  readonly everyWaiver: () => Promise<readonly Waiver[]>
  /** Entries that have no place in the log, so many at the most. */
  readonly unsealed: (limit: number) => Promise<readonly EntryName[]>
}

export function createAudit(connection: Connection, log: LogStore): DynamoAudit {
  const marked = async (): Promise<number> => (await markedSize(log, await log.head())) ?? 0
  let records: Promise<RecordsFound> | null = null
  /** Read once for both that ask: it is all of the table. */
  const found = (): Promise<RecordsFound> =>
    (records ??= marked().then((count) =>
      misfiledRecords({ connection, marked: count }, maxUnsealed),
    ))
  return {
    misfiled: async () =>
      (await misfiledLog(connection, await marked())) ??
      (await found()).amiss ??
      misfiledWaivers(connection),
    paths: () => filePaths(connection),
    everyWaiver: () => everyWaiver(connection),
    unsealed: async (limit) => (await found()).unsealed.slice(0, limit),
  }
}
