import type { Entry } from '@writ/ledger'
import type { RecordFilter, RecordPlace, Records } from '@writ/service'

export type Walk = {
  readonly tenant?: string
  readonly filter?: RecordFilter
  readonly limit?: number
  /** Called after each page but the last. */
  readonly between?: () => Promise<void>
}

/** Every entry of a list, page after page, in the order in which the pages give them. */
export async function walk(records: Records, asked: Walk = {}): Promise<readonly Entry[]> {
  const { tenant = 'acme', filter = {}, limit = 50, between } = asked
  const seen: Entry[] = []
  let before: RecordPlace | null = null
  do {
    const { entries, next } = await records.list(tenant, { filter, before, limit })
    if (entries.length > limit) throw new Error(`a page of ${entries.length}, not of ${limit}`)
    refuseStandstill(before, next)
    seen.push(...entries)
    before = next
    if (before !== null) await between?.()
  } while (before !== null)
  return seen
}

/** A page whose end is not beyond its beginning would be read for ever. */
function refuseStandstill(before: RecordPlace | null, next: RecordPlace | null): void {
  if (before === null || next === null || newestFirst(before, next) < 0) return
  throw new Error(`a page that does not go on from ${before.at} ${before.id}`)
}

/** The order of a list: newest first, by instant and then by id. */
export function newestFirst(left: RecordPlace, right: RecordPlace): number {
  if (left.at !== right.at) return left.at < right.at ? 1 : -1
  return left.id < right.id ? 1 : -Number(left.id > right.id)
}
