import type { RecordFilter, RecordPage, RecordQuery, Records } from '@writ/service'
import type { Connection } from './connection.ts'
import { appendEntry, entryById, entryColumns, entryOf } from './entries.ts'

export function createRecords(connection: Connection): Records {
  return {
    append: (entry) => connection.write((session) => appendEntry(session, entry), entry.at),
    get: async (tenant, id) => connection.read((session) => entryById(session, tenant, id)),
    list: async (tenant, query) => list(connection, tenant, query),
  }
}

const equal = (column: string): string => `e.${column} = ?`

/** Filter → its condition. The columns are ours; only values come from outside, and they are bound. */
const conditions: Readonly<Record<keyof RecordFilter, string>> = {
  type: equal('type'),
  kind: equal('kind'),
  outcome: equal('outcome'),
  resource: equal('resource'),
  actor: equal('actor'),
  service: equal('service'),
  team: equal('team'),
  environment: equal('environment'),
  correlation: equal('correlation'),
  from: 'e.at >= ?',
  to: 'e.at < ?',
  rule: `EXISTS (SELECT 1 FROM entry_rules r
    WHERE r.tenant = e.tenant AND r.rule = ? AND r.at = e.at AND r.id = e.id)`,
}

const filters: readonly (keyof RecordFilter)[] = [
  ...(['type', 'kind', 'outcome', 'resource', 'actor', 'service'] as const),
  ...(['team', 'environment', 'correlation', 'from', 'to', 'rule'] as const),
]

function list(connection: Connection, tenant: string, query: RecordQuery): RecordPage {
  const { filter, before, limit } = query
  const asked = filters.flatMap((name) => {
    const value = filter[name]
    return value === undefined ? [] : [{ condition: conditions[name], value }]
  })
  const where = ['e.tenant = ?', ...asked.map(({ condition }) => condition)]
  if (before !== null) where.push('(e.at, e.id) < (?, ?)')
  const sql = `SELECT ${entryColumns} FROM entries e JOIN bodies b USING (commitment)
    WHERE ${where.join(' AND ')} ORDER BY e.at DESC, e.id DESC LIMIT ?`
  const place = before === null ? [] : [before.at, before.id]
  const values = [tenant, ...asked.map(({ value }) => value), ...place, limit + 1]
  const rows = connection.read((session) => session.all(sql, values))
  const entries = rows.slice(0, limit).map(entryOf)
  const last = entries.at(-1)
  const more = rows.length > limit && last !== undefined
  return {
    entries,
    next: more ? { at: last.at, id: last.id } : null,
    oldestUnlisted: connection.oldestWaiting(),
  }
}
