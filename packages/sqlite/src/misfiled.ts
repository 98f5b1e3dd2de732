import type { Session } from './database.ts'
import { textIn } from './row.ts'

/** A row that no writer of this program leaves. */
export type Misfiled = { readonly id: string; readonly why: string }

/** Looks for entries that the log does not have and that say it does, and for such as their rules do not lead to. */
export function misfiledIn(session: Session): Misfiled | null {
  const stray = session.get(selectStray, [])
  if (stray !== undefined)
    return { id: textIn(stray, 'id'), why: 'is marked as sealed, and the log does not have it' }
  const hidden = session.get(selectHidden, [])
  return hidden === undefined
    ? null
    : { id: textIn(hidden, 'id'), why: `is not listed under the rule ${textIn(hidden, 'rule')}` }
}

const selectStray = `SELECT id FROM entries
  WHERE sealed < 0 OR sealed >= coalesce((SELECT size FROM log_head), 0) LIMIT 1`

const selectHidden = `SELECT e.id, j.value AS rule FROM entries e, json_each(e.rules) j
  WHERE NOT EXISTS (SELECT 1 FROM entry_rules r
    WHERE r.tenant = e.tenant AND r.rule = j.value AND r.at = e.at AND r.id = e.id AND r.arrival = e.arrival)
  LIMIT 1`
