import { kinds, outcomes } from '@writ/domain'
import { commitmentOf, entryTypes, isDigest, type Digest, type Entry } from '@writ/ledger'
import type { Row, Session } from './connection.ts'
import { bytesIn, textIn, textOrNullIn, wordIn, wordOrNullIn } from './row.ts'

/** Appends the entry unless one stands under its id; gives the one that stands. Runs inside a transaction. */
export function appendEntry(session: Session, entry: Entry): Entry {
  const stands = entryById(session, entry.tenant, entry.id)
  if (stands !== null) return stands
  const { body, leaf, facets } = entry
  const commitment = commitmentOf(body.salt, body.content)
  session.run('INSERT OR IGNORE INTO bodies (commitment, salt, content) VALUES (?, ?, ?)', [
    commitment,
    body.salt,
    body.content,
  ])
  const { lastInsertRowid } = session.run(
    `INSERT INTO entries (tenant, id, at, type, request_digest, leaf, commitment,
       kind, outcome, resource, service, team, environment, actor, correlation)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      entry.tenant,
      entry.id,
      entry.at,
      entry.type,
      entry.requestDigest,
      leaf,
      commitment,
      facets.kind,
      facets.outcome,
      facets.resource,
      facets.service,
      facets.team,
      facets.environment,
      facets.actor,
      facets.correlation,
    ],
  )
  appendRules(session, entry)
  if (facets.service !== null) bumpEntity(session, entry.tenant, [facets.service, lastInsertRowid])
  return entry
}

function appendRules(session: Session, { tenant, at, id, facets }: Entry): void {
  facets.rules.forEach((rule, place) =>
    session.run(
      'INSERT OR IGNORE INTO entry_rules (tenant, rule, at, id, place) VALUES (?, ?, ?, ?, ?)',
      [tenant, rule, at, id, place],
    ),
  )
}

/** Counts one more record of the entity; if its card was up to date, it waits for a fold from this record on. */
function bumpEntity(
  session: Session,
  tenant: string,
  [entity, row]: readonly [string, number | bigint],
): void {
  session.run(
    `INSERT INTO entities (tenant, entity, version, saved, stale_from) VALUES (?, ?, 1, 0, ?)
     ON CONFLICT DO UPDATE SET
       stale_from = CASE WHEN version = saved THEN excluded.stale_from ELSE stale_from END,
       version = version + 1`,
    [tenant, entity, row],
  )
}

/** The columns that `entryOf` reads. */
export const entryColumns = `e.tenant, e.id, e.at, e.type, e.request_digest, e.leaf, e.kind, e.outcome, e.resource,
  e.service, e.team, e.environment, e.actor, e.correlation, b.salt, b.content,
  (SELECT json_group_array(rule ORDER BY place) FROM entry_rules r WHERE r.tenant = e.tenant AND r.id = e.id) AS rules`

export function entryById(session: Session, tenant: string, id: string): Entry | null {
  const row = session.get(
    `SELECT ${entryColumns} FROM entries e JOIN bodies b USING (commitment) WHERE tenant = ? AND id = ?`,
    [tenant, id],
  )
  return row === undefined ? null : entryOf(row)
}

export function entryOf(row: Row): Entry {
  return {
    tenant: textIn(row, 'tenant'),
    id: textIn(row, 'id'),
    at: textIn(row, 'at'),
    type: wordIn(row, 'type', entryTypes),
    requestDigest: digestIn(row),
    facets: {
      kind: wordOrNullIn(row, 'kind', kinds),
      outcome: wordOrNullIn(row, 'outcome', outcomes),
      resource: textOrNullIn(row, 'resource'),
      service: textOrNullIn(row, 'service'),
      team: textOrNullIn(row, 'team'),
      environment: textOrNullIn(row, 'environment'),
      actor: textOrNullIn(row, 'actor'),
      rules: rulesIn(row),
      correlation: textOrNullIn(row, 'correlation'),
    },
    leaf: bytesIn(row, 'leaf'),
    body: { salt: bytesIn(row, 'salt'), content: bytesIn(row, 'content') },
  }
}

function digestIn(row: Row): Digest {
  const digest = textIn(row, 'request_digest')
  if (isDigest(digest)) return digest
  throw new TypeError(`${digest} is not a digest`)
}

function rulesIn(row: Row): readonly string[] {
  const rules: unknown = JSON.parse(textIn(row, 'rules'))
  return Array.isArray(rules) ? rules.map(String) : []
}
