import type { SQLInputValue } from 'node:sqlite'
import type { Entry } from '@writ/ledger'
import type { RecordFilter, RecordPage, RecordPlace, RecordQuery } from '@writ/service'
import type { Session } from './database.ts'
import { entryColumns, entryOf } from './entries.ts'
import { textIn } from './row.ts'

/** How many entries one page looks at, at the most: a filter that finds little answers with a short page and a place to go on. */
const maxExamined = 5000
/** A page ends after so many bytes of bodies. */
const maxPageBytes = 16_000_000

/** Filters that are looked up in an index of their own, what narrows most first; the others are tested on what that gives. */
const indexed = ['correlation', 'actor', 'resource', 'service', 'rule'] as const
const tested = ['type', 'kind', 'outcome', 'team', 'environment'] as const
type Indexed = (typeof indexed)[number]
type Drive = Indexed | 'newest'

/** One page of a tenant's entries, newest first. Bounded: in entries looked at, in entries given, and in bytes. */
export function listEntries(
  session: Session,
  tenant: string,
  query: RecordQuery,
): Omit<RecordPage, 'oldestUnlisted'> {
  const { filter, limit } = query
  const drive = indexed.find((name) => filter[name] !== undefined) ?? 'newest'
  const span = spanOf(query)
  const driven = drive === 'newest' ? [] : [filter[drive] ?? null]
  const narrowed = residual(filter, drive)
  const end =
    narrowed.length === 0 ? null : endOfExamined(session, drive, [tenant, ...driven, ...span])
  const lower = end === null ? span.slice(2) : [end.at, end.id]
  const rows = session.rows(pageSql(drive, narrowed), [
    tenant,
    ...driven,
    ...span.slice(0, 2),
    ...lower,
    ...narrowed.map((name) => filter[name] ?? null),
    limit + 1,
  ])
  return pageOf(rows, { limit, end })
}

/** Takes rows until the page is full by number or by bytes. */
function pageOf(
  rows: ReturnType<Session['rows']>,
  { limit, end }: { readonly limit: number; readonly end: RecordPlace | null },
): Omit<RecordPage, 'oldestUnlisted'> {
  const entries: Entry[] = []
  let bytes = 0
  for (const row of rows) {
    const last = entries.at(-1)
    const isFull = entries.length === limit || bytes >= maxPageBytes
    if (last !== undefined && isFull) return { entries, next: { at: last.at, id: last.id } }
    const entry = entryOf(row)
    entries.push(entry)
    bytes += entry.body.content.byteLength
  }
  return { entries, next: end }
}

/** The place of the last entry that this page may look at; null when it may look at all that are left. */
function endOfExamined(
  session: Session,
  drive: Drive,
  values: readonly SQLInputValue[],
): RecordPlace | null {
  const row = session.get(examinedSql(drive), [...values, maxExamined - 1])
  return row === undefined ? null : { at: textIn(row, 'at'), id: textIn(row, 'id') }
}

/** The places between which a page lies: below the first two values, at or above the last two. */
function spanOf({ filter, before }: RecordQuery): readonly string[] {
  const { from = '', to = after } = filter
  const upper = before !== null && before.at < to ? [before.at, before.id] : [to, '']
  return [...upper, from, '']
}

/** Sorts after every instant. */
const after = '~'

function residual(filter: RecordFilter, drive: Drive): readonly (keyof RecordFilter)[] {
  return [...indexed, ...tested].filter((name) => name !== drive && filter[name] !== undefined)
}

/** SQL is put together from these words of ours alone; what comes from outside is bound. */
function pageSql(drive: Drive, narrowed: readonly (keyof RecordFilter)[]): string {
  const { from, place } = drives[drive]
  const tests = narrowed.map((name) => ` AND ${testOf(name)}`).join('')
  return `SELECT ${entryColumns} FROM ${from} ${drive === 'rule' ? join : ''}
      CROSS JOIN bodies b ON b.commitment = e.commitment
    WHERE ${spanSql(drive)}${tests}
    ORDER BY ${place}.at DESC, ${place}.id DESC LIMIT ?`
}

function examinedSql(drive: Drive): string {
  const { from, place } = drives[drive]
  return `SELECT ${place}.at, ${place}.id FROM ${from} WHERE ${spanSql(drive)}
    ORDER BY ${place}.at DESC, ${place}.id DESC LIMIT 1 OFFSET ?`
}

function spanSql(drive: Drive): string {
  const { place } = drives[drive]
  const driven = drive === 'newest' ? '' : `AND ${place}.${drive} = ?`
  return `${place}.tenant = ? ${driven}
    AND (${place}.at, ${place}.id) < (?, ?) AND (${place}.at, ${place}.id) >= (?, ?)`
}

const join = 'CROSS JOIN entries e ON e.arrival = r.arrival'

/** Where each drive reads from: the index is named, since its order is what makes a page cheap. */
const drives: Readonly<Record<Drive, { readonly from: string; readonly place: 'e' | 'r' }>> = {
  newest: { from: 'entries e INDEXED BY entries_newest', place: 'e' },
  correlation: { from: 'entries e INDEXED BY entries_correlation', place: 'e' },
  actor: { from: 'entries e INDEXED BY entries_actor', place: 'e' },
  resource: { from: 'entries e INDEXED BY entries_resource', place: 'e' },
  service: { from: 'entries e INDEXED BY entries_service', place: 'e' },
  rule: { from: 'entry_rules r', place: 'r' },
}

function testOf(name: keyof RecordFilter): string {
  if (name !== 'rule') return `e.${name} = ?`
  return `EXISTS (SELECT 1 FROM entry_rules t
    WHERE t.tenant = e.tenant AND t.rule = ? AND t.at = e.at AND t.id = e.id)`
}
