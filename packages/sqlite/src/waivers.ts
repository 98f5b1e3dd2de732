import { waiverCategories, type DocumentName, type Waiver } from '@writ/domain'
import type { Waivers } from '@writ/service'
import type { Connection } from './connection.ts'
import type { Row, Session } from './database.ts'
import { appendEntry } from './entries.ts'
import { textIn, textOrNullIn, wordIn } from './row.ts'

export function createWaivers(connection: Connection): Waivers {
  return {
    put: (waiver, entry) =>
      connection.write((session) => {
        appendEntry(session, entry)
        return putWaiver(session, waiver)
      }, entry.at),
    get: async (tenant, id) => connection.read((session) => waiverById(session, tenant, id)),
    find: async (tenant, { environment, resource, rules }) => {
      const about = [tenant, resource.type, resource.id, environment, JSON.stringify(rules)]
      return connection.read((session) => session.all(selectAbout, about)).map(waiverOf)
    },
    list: async (tenant, limit) =>
      connection.read((session) => session.all(selectNewest, [tenant, limit])).map(waiverOf),
  }
}

const columns = `tenant, id, environment, rule, resource_type, resource_id, document_type, document_id,
  document_path, part, category, reason, requested_by, approved_by, granted_at, expires_at, revoked_at`

/** A waiver is granted once and revoked at most once; a repeated write, also a late one, changes neither. */
const upsert = `INSERT INTO waivers (${columns})
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET revoked_at = coalesce(revoked_at, excluded.revoked_at)`

const selectOne = `SELECT ${columns} FROM waivers WHERE tenant = ? AND id = ?`
const selectNewest = `SELECT ${columns} FROM waivers WHERE tenant = ?
  ORDER BY granted_at DESC, id DESC LIMIT ?`
// In a fixed order: which of two waivers a decision names must not depend on chance.
const selectAbout = `SELECT ${columns} FROM waivers
  WHERE tenant = ? AND resource_type = ? AND resource_id = ? AND environment IS ?
    AND rule IN (SELECT value FROM json_each(?))
  ORDER BY granted_at, id`

function putWaiver(session: Session, waiver: Waiver): Waiver {
  const { tenant, id, resource, document } = waiver
  session.run(upsert, [
    tenant,
    id,
    waiver.environment,
    waiver.rule,
    resource.type,
    resource.id,
    document?.type ?? null,
    document?.id ?? null,
    document?.path ?? null,
    waiver.part,
    waiver.category,
    waiver.reason,
    waiver.requestedBy,
    waiver.approvedBy,
    waiver.grantedAt,
    waiver.expiresAt,
    waiver.revokedAt,
  ])
  return waiverById(session, tenant, id) ?? waiver
}

/** Of all tenants. */
export function everyWaiverIn(session: Session): readonly Waiver[] {
  return session.all(`SELECT ${columns} FROM waivers`, []).map(waiverOf)
}

function waiverById(session: Session, tenant: string, id: string): Waiver | null {
  const row = session.get(selectOne, [tenant, id])
  return row === undefined ? null : waiverOf(row)
}

function waiverOf(row: Row): Waiver {
  return {
    id: textIn(row, 'id'),
    tenant: textIn(row, 'tenant'),
    environment: textOrNullIn(row, 'environment'),
    rule: textIn(row, 'rule'),
    resource: { type: textIn(row, 'resource_type'), id: textIn(row, 'resource_id') },
    document: documentIn(row),
    part: textOrNullIn(row, 'part'),
    category: wordIn(row, 'category', waiverCategories),
    reason: textIn(row, 'reason'),
    requestedBy: textIn(row, 'requested_by'),
    approvedBy: textIn(row, 'approved_by'),
    grantedAt: textIn(row, 'granted_at'),
    expiresAt: textIn(row, 'expires_at'),
    revokedAt: textOrNullIn(row, 'revoked_at'),
  }
}

function documentIn(row: Row): DocumentName | null {
  const type = textOrNullIn(row, 'document_type')
  if (type === null) return null
  return { type, id: textIn(row, 'document_id'), path: textIn(row, 'document_path') }
}
