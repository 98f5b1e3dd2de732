import { DatabaseSync } from 'node:sqlite'
import { isBusy, openingFault } from './store-fault.ts'

/**
 * True while any process has the store open, if only to read it: SQLite lets go of the log that all of them share only for the
 * last one. Nothing in the store changes by it.
 */
export function isInUse(path: string): boolean {
  const db = new DatabaseSync(path, { timeout: 0 })
  try {
    db.exec('PRAGMA journal_mode = DELETE; PRAGMA journal_mode = WAL')
    return false
  } catch (thrown) {
    if (isBusy(thrown)) return true
    throw openingFault(path, thrown)
  } finally {
    db.close()
  }
}
