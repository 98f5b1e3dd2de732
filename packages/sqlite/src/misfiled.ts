import { DatabaseSync } from 'node:sqlite'
import type { Row, Session } from './database.ts'
import { textIn } from './row.ts'
import { prepareSchema } from './schema.ts'

/**
 * Looks for what no writer of this program leaves, and nobody sees who looks at the log and its records: another schema, a
 * damaged index, rows that contradict others. Says in words what it found first; null where there is nothing.
 */
export function misfiledIn(session: Session): string | null {
  return foreignIn(session) ?? damageIn(session) ?? contradictionIn(session)
}

/** One after the other: what a later one reads may be what an earlier one finds amiss. */
function contradictionIn(session: Session): string | null {
  for (const sql of contradictions) {
    const found = firstText(session.get(sql, []))
    if (found !== null) return found
  }
  return null
}

function firstText(row: Row | undefined): string | null {
  return row === undefined ? null : textIn(row, 'found')
}

/** A trigger, say, would change what is written from now on. */
function foreignIn(session: Session): string | null {
  const made = new DatabaseSync(':memory:')
  prepareSchema(made)
  const own = new Set(made.prepare(selectSchema).all().map(definitionOf))
  made.close()
  const found = session.all(selectSchema, [])
  const foreign = found.find((row) => !own.delete(definitionOf(row)))
  if (foreign !== undefined)
    return `the store has a ${textIn(foreign, 'type')} ${textIn(foreign, 'name')} that Writ has not made`
  const [lost] = own
  return lost === undefined ? null : `the store lacks a part of its schema: ${lost}`
}

/** Less what SQLite makes by itself: indexes without a text, and what somebody's ANALYZE counts. */
const selectSchema = `SELECT type, name, sql FROM sqlite_schema
  WHERE sql IS NOT NULL AND NOT (type = 'table' AND name IN ('sqlite_stat1', 'sqlite_stat4'))`

function definitionOf(row: Row): string {
  return textIn(row, 'sql')
}

/** An index that leaves out a row hides it from the lists that go by it. */
function damageIn(session: Session): string | null {
  const found = textIn(session.get('PRAGMA integrity_check(1)', []) ?? {}, 'integrity_check')
  return found === 'ok' ? null : `the file of the store is damaged: ${found}`
}

/** Each gives the first row that contradicts another, in words. */
const contradictions: readonly string[] = [
  `SELECT 'the record ' || id || ' is marked as sealed, and the log does not have it' AS found FROM entries
    WHERE sealed < 0 OR sealed >= coalesce((SELECT size FROM log_head), 0) LIMIT 1`,
  `SELECT 'the rules of the record ' || id || ' are no list' AS found FROM entries
    WHERE NOT json_valid(rules) LIMIT 1`,
  `SELECT 'the record ' || e.id || ' is not listed under the rule ' || j.value AS found
    FROM entries e, json_each(e.rules) j
    WHERE NOT EXISTS (SELECT 1 FROM entry_rules r
      WHERE r.tenant = e.tenant AND r.rule = j.value AND r.at = e.at AND r.id = e.id AND r.arrival = e.arrival)
    LIMIT 1`,
  `SELECT 'the record ' || r.id || ' is listed under the rule ' || r.rule || ', which it does not have' AS found
    FROM entry_rules r
    WHERE NOT EXISTS (SELECT 1 FROM entries e, json_each(e.rules) j
      WHERE e.arrival = r.arrival AND e.tenant = r.tenant AND e.id = r.id AND e.at = r.at AND j.value = r.rule)
    LIMIT 1`,
  // Of a body that was erased elsewhere the empty one is kept.
  `SELECT 'the body of the record ' || e.id || ' lies under another commitment than its leaf names' AS found
    FROM entries e JOIN bodies b USING (commitment)
    WHERE length(b.salt) > 0 AND (NOT json_valid(CAST(e.leaf AS TEXT))
      OR commitment IS NOT json_extract(CAST(e.leaf AS TEXT), '$.commitment')) LIMIT 1`,
  `SELECT 'a body is kept that is of no record, ' || commitment AS found FROM bodies
    WHERE commitment NOT IN (SELECT commitment FROM entries) LIMIT 1`,
  `SELECT 'what is counted of the records of ' || coalesce(n.entity, c.service) || ' is not what there is' AS found
    FROM (SELECT tenant, service, count(*) AS records, max(arrival) AS newest FROM entries
      WHERE service IS NOT NULL GROUP BY tenant, service) c
    FULL OUTER JOIN entities n ON n.tenant = c.tenant AND n.entity = c.service
    WHERE n.version IS NOT c.records OR n.newest IS NOT c.newest OR n.saved > n.version LIMIT 1`,
  `SELECT 'the checkpoint is filed under another size than it has' AS found FROM log_checkpoint
    WHERE instr(note, char(10) || size || char(10)) = 0`,
  `SELECT 'the log has a head or a checkpoint that is not the one' AS found
    FROM (SELECT only FROM log_head UNION ALL SELECT only FROM log_checkpoint) WHERE only <> 1 LIMIT 1`,
]
