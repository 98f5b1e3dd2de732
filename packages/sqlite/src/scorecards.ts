import type { Scorecard } from '@writ/scorecard'
import type { Scorecards, StaleEntity } from '@writ/service'
import type { Connection } from './connection.ts'
import type { Row, Session } from './database.ts'
import { cardIn } from './card.ts'
import { numberIn, textIn } from './row.ts'

export function createScorecards(connection: Connection): Scorecards {
  return {
    stale: async (limit) =>
      connection.read((session) => session.all(staleSql, [limit])).map(staleOf),
    save: (stale, card) => connection.write((session) => saveCard(session, stale, card)),
    get: async (tenant, entity) =>
      connection.read((session) => session.all(cardSql, [tenant, entity])).map(cardIn)[0] ?? null,
    list: async (tenant, limit) =>
      connection.read((session) => session.all(cardsSql, [tenant, limit])).map(cardIn),
  }
}

const staleSql = `SELECT tenant, entity, version FROM entities WHERE version > saved
  ORDER BY stale_from LIMIT ?`
const cardSql = 'SELECT card FROM entities WHERE tenant = ? AND entity = ? AND card IS NOT NULL'
const cardsSql = `SELECT card FROM entities WHERE tenant = ? AND card IS NOT NULL
  ORDER BY entity LIMIT ?`

/**
 * Upwards only. What the card lacks came while it was folded, so it waits from about now on, behind those that have waited
 * longer: an entity with records all the time cannot keep the others from their turn.
 */
const saveSql = `UPDATE entities SET saved = ?, card = ?, stale_from = newest
  WHERE tenant = ? AND entity = ? AND saved < ?`

function saveCard(
  session: Session,
  { tenant, entity, version }: StaleEntity,
  card: Scorecard,
): void {
  session.run(saveSql, [version, JSON.stringify(card), tenant, entity, version])
}

function staleOf(row: Row): StaleEntity {
  return {
    tenant: textIn(row, 'tenant'),
    entity: textIn(row, 'entity'),
    version: numberIn(row, 'version'),
  }
}
