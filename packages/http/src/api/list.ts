import type { AsOf } from '@writ/contract'
import { readingMilliseconds, type Reader, type RecordFilter } from '@writ/service'
import type { Entry } from '@writ/ledger'
import { readCursor, writeCursor } from '../cursor.ts'
import type { AppParts } from '../parts.ts'

export type ListAsked = {
  readonly filter: RecordFilter
  readonly limit: number
  readonly cursor: string | null
  readonly asOf: AsOf | null
}

/** One page of a list of records, for the API and for the pages alike. */
export async function listPage(
  { listRecords, cursorKey, now }: Pick<AppParts, 'listRecords' | 'cursorKey' | 'now'>,
  reader: Reader,
  { filter, limit, cursor, asOf }: ListAsked,
): Promise<{
  readonly entries: readonly Entry[]
  readonly next_cursor: string | null
  readonly complete_through: string
}> {
  const scope = { caller: reader, filter: { ...filter, ...asOf }, now: now() }
  const { before, until } =
    cursor === null
      ? { before: null, until: scope.now.getTime() + readingMilliseconds }
      : readCursor(cursorKey, scope, cursor)
  const { entries, next, completeThrough } = await listRecords(reader, {
    filter,
    before,
    limit,
    asOf,
  })
  return {
    entries,
    next_cursor: next === null ? null : writeCursor(cursorKey, scope, { before: next, until }),
    complete_through: completeThrough,
  }
}
