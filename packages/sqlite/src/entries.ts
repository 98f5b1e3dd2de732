import { kinds, outcomes } from '@writ/domain'
import {
  commitmentOf,
  digestOf,
  entryTypes,
  isDigest,
  type Body,
  type Digest,
  type Entry,
} from '@writ/ledger'
import type { Row, Session } from './database.ts'
import { bytesIn, damaged, textIn, textOrNullIn, textsIn, wordIn, wordOrNullIn } from './row.ts'

/**
 * Appends the entry unless one stands under its id; gives the one that stands. Runs inside a transaction that holds the
 * lock for writing, so nobody comes between the question and the answer, and a losing attempt leaves nothing behind.
 */
export function appendEntry(session: Session, entry: Entry): Entry {
  const stands = entryById(session, entry.tenant, entry.id)
  if (stands !== null) return stands
  const { tenant, facets } = entry
  const { lastInsertRowid: arrival } = session.run(insertEntry, [
    tenant,
    entry.id,
    entry.at,
    entry.type,
    entry.requestDigest,
    entry.leaf,
    keepBody(session, entry.body),
    facets.kind,
    facets.outcome,
    facets.resource,
    facets.service,
    facets.team,
    facets.environment,
    facets.actor,
    JSON.stringify(facets.rules),
    facets.correlation,
  ])
  for (const rule of new Set(facets.rules))
    session.run(insertRule, [tenant, rule, entry.at, entry.id, arrival])
  if (facets.service !== null) session.run(bumpEntity, [tenant, facets.service, arrival, arrival])
  return entry
}

/** Appends the erasure, and empties what it erases. The body stays as a row of nothing: entries refer to it. */
export function eraseEntry(session: Session, { tenant, id }: Entry, erasure: Entry): Entry {
  const stands = appendEntry(session, erasure)
  session.run(emptyBody, [tenant, id])
  session.run('UPDATE entries SET request_digest = ?, actor = NULL WHERE tenant = ? AND id = ?', [
    digestOf(''),
    tenant,
    id,
  ])
  return stands
}

const emptyBody = `UPDATE bodies SET salt = x'', content = x''
  WHERE commitment = (SELECT commitment FROM entries WHERE tenant = ? AND id = ?)`

const insertEntry = `INSERT INTO entries (tenant, id, at, type, request_digest, leaf, commitment,
    kind, outcome, resource, service, team, environment, actor, rules, correlation)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

const insertRule = 'INSERT INTO entry_rules (tenant, rule, at, id, arrival) VALUES (?, ?, ?, ?, ?)'

/** Counts one more record of the entity; if its card was up to date, it waits for a fold from this record on. */
const bumpEntity = `INSERT INTO entities (tenant, entity, version, newest, saved, stale_from)
  VALUES (?, ?, 1, ?, 0, ?)
  ON CONFLICT DO UPDATE SET
    stale_from = CASE WHEN version = saved THEN excluded.stale_from ELSE stale_from END,
    newest = excluded.newest,
    version = version + 1`

/** Keeps the body under its commitment, which it gives. */
function keepBody(session: Session, { salt, content }: Body): Digest {
  const commitment = commitmentOf(salt, content)
  const { changes } = session.run(
    'INSERT INTO bodies (commitment, salt, content) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    [commitment, salt, content],
  )
  if (Number(changes) > 0) return commitment
  // The same bytes under a salt of another length have the same commitment: they are refused, not mixed up.
  const same = session.get('SELECT 1 FROM bodies WHERE commitment = ? AND salt = ?', [
    commitment,
    salt,
  ])
  if (same !== undefined) return commitment
  throw new TypeError('another body, cut differently, stands under the same commitment')
}

/** The columns that `entryOf` reads, of the entry `e` and its body `b`. */
export const entryColumns = `e.tenant, e.id, e.at, e.type, e.request_digest, e.leaf, e.kind, e.outcome, e.resource,
  e.service, e.team, e.environment, e.actor, e.rules, e.correlation, b.salt, b.content`

export function entryById(session: Session, tenant: string, id: string): Entry | null {
  const row = session.get(selectEntry, [tenant, id])
  return row === undefined ? null : entryOf(row)
}

const selectEntry = `SELECT ${entryColumns} FROM entries e JOIN bodies b USING (commitment)
  WHERE e.tenant = ? AND e.id = ?`

export function entryOf(row: Row): Entry {
  return {
    tenant: textIn(row, 'tenant'),
    id: textIn(row, 'id'),
    at: textIn(row, 'at'),
    type: wordIn(row, 'type', entryTypes),
    requestDigest: digestIn(row, 'request_digest'),
    facets: {
      kind: wordOrNullIn(row, 'kind', kinds),
      outcome: wordOrNullIn(row, 'outcome', outcomes),
      resource: textOrNullIn(row, 'resource'),
      service: textOrNullIn(row, 'service'),
      team: textOrNullIn(row, 'team'),
      environment: textOrNullIn(row, 'environment'),
      actor: textOrNullIn(row, 'actor'),
      rules: textsIn(row, 'rules'),
      correlation: textOrNullIn(row, 'correlation'),
    },
    leaf: bytesIn(row, 'leaf'),
    body: { salt: bytesIn(row, 'salt'), content: bytesIn(row, 'content') },
  }
}

function digestIn(row: Row, column: string): Digest {
  const digest = textIn(row, column)
  if (isDigest(digest)) return digest
  throw damaged(column)
}
