import type { Waiver } from '@writ/domain'
import type { Waivers } from '@writ/service'
import type { Connection, Row, Session } from './connection.ts'
import { appendEntry } from './entries.ts'
import { textIn, textOrNullIn } from './row.ts'

export function createWaivers(connection: Connection): Waivers {
  return {
    put: (waiver, entry) =>
      connection.write((session) => {
        appendEntry(session, entry)
        return putWaiver(session, waiver)
      }, entry.at),
    get: async (tenant, id) => connection.read((session) => waiverById(session, tenant, id)),
    find: async (tenant, { environment, resource, rules }) =>
      connection.read((session) =>
        session
          .all(
            `SELECT waiver, revoked_at FROM waivers
             WHERE tenant = ? AND resource_type = ? AND resource_id = ? AND environment IS ?
               AND rule IN (SELECT value FROM json_each(?))
             ORDER BY granted_at, id`,
            [tenant, resource.type, resource.id, environment, JSON.stringify(rules)],
          )
          .map(waiverOf),
      ),
    list: async (tenant, limit) =>
      connection.read((session) =>
        session
          .all(
            `SELECT waiver, revoked_at FROM waivers WHERE tenant = ?
             ORDER BY granted_at DESC, id DESC LIMIT ?`,
            [tenant, limit],
          )
          .map(waiverOf),
      ),
  }
}

/** A waiver is granted once and revoked at most once; a repeated write, also a late one, changes neither. */
function putWaiver(session: Session, waiver: Waiver): Waiver {
  const { tenant, id, rule, environment, resource, grantedAt, revokedAt } = waiver
  session.run(
    `INSERT INTO waivers (tenant, id, rule, environment, resource_type, resource_id, granted_at, revoked_at, waiver)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET revoked_at = coalesce(revoked_at, excluded.revoked_at)`,
    [
      tenant,
      id,
      rule,
      environment,
      resource.type,
      resource.id,
      grantedAt,
      revokedAt,
      JSON.stringify(waiver),
    ],
  )
  return waiverById(session, tenant, id) ?? waiver
}

function waiverById(session: Session, tenant: string, id: string): Waiver | null {
  const row = session.get('SELECT waiver, revoked_at FROM waivers WHERE tenant = ? AND id = ?', [
    tenant,
    id,
  ])
  return row === undefined ? null : waiverOf(row)
}

function waiverOf(row: Row): Waiver {
  const granted: Waiver = JSON.parse(textIn(row, 'waiver')) // written by putWaiver above, by nobody else
  return { ...granted, revokedAt: textOrNullIn(row, 'revoked_at') }
}
