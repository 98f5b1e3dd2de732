import { closeSync, existsSync, openSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from 'node:sqlite'
import { Fault } from '@writ/domain'
import { prepareSchema, refuseForeign } from './schema.ts'
import { notADatabase, openingFault, storeFault } from './store-fault.ts'

export type Row = Readonly<Record<string, SQLOutputValue>>

/** What is used of a connection of `node:sqlite`. */
export type Database = Pick<DatabaseSync, 'close' | 'exec' | 'isTransaction' | 'prepare'>
export type OpenDatabase = (path: string) => Database

/** One statement at a time; nothing here waits. */
export type Session = {
  /** Rows as they are read: whoever stops early has not read the rest. */
  readonly rows: (sql: string, values: readonly SQLInputValue[]) => Iterable<Row>
  readonly all: (sql: string, values: readonly SQLInputValue[]) => readonly Row[]
  readonly get: (sql: string, values: readonly SQLInputValue[]) => Row | undefined
  readonly run: (
    sql: string,
    values: readonly SQLInputValue[],
  ) => { readonly changes: number | bigint; readonly lastInsertRowid: number | bigint }
}

export type OpenedFile = {
  readonly db: Database
  readonly session: Session
  /** Tells the file from another that has taken its name; null in memory. */
  readonly inode: bigint | null
}

/** How long a statement waits for another process that writes. The event loop waits with it. */
const busyMilliseconds = 2000

export const openDatabase: OpenDatabase = (path) =>
  new DatabaseSync(path, { timeout: busyMilliseconds, enableForeignKeyConstraints: true })

/** A connection that cannot change anything. */
export const openToRead: OpenDatabase = (path) =>
  new DatabaseSync(path, { timeout: busyMilliseconds, readOnly: true })

export type Opening = {
  readonly path: string
  readonly openDatabase: OpenDatabase
  /** What an earlier connection left is not to be trusted until it has been synced anew. */
  readonly recovers: boolean
}

/** Opens the store and brings it to this program's schema; a file that is not ours to write is left as it is. */
export function openFile(opening: Opening): OpenedFile {
  const path = opening.path === ':memory:' ? ':memory:' : resolve(opening.path)
  try {
    if (opening.recovers) refuseMissing(path)
    else if (path !== ':memory:') prepareFile(path)
    const db = opening.openDatabase(path)
    try {
      refuseForeign(db)
      db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = 1;
        PRAGMA checkpoint_fullfsync = 1; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -16000;
        PRAGMA journal_size_limit = 67108864; PRAGMA secure_delete = ON`)
      prepareSchema(db)
      if (opening.recovers) syncAnew(db)
      return { db, session: sessionOf(db), inode: inodeOf(path) }
    } catch (thrown) {
      db.close()
      throw thrown
    }
  } catch (thrown) {
    throw opening.recovers ? storeFault(thrown) : openingFault(path, thrown)
  }
}

/** A file that was moved away still takes writes, and keeps them from whoever opens its name: so it is refused. */
export function refuseMoved(path: string, { inode }: OpenedFile): void {
  if (inode === null || inodeOf(resolve(path)) === inode) return
  throw new Fault(
    'records-unavailable',
    'The file of the store was moved, removed or replaced while it was open; put it back, or start anew',
  )
}

/** A store that is gone is not made anew while the program runs: that would be an empty ledger under the old name. */
function refuseMissing(path: string): void {
  if (existsSync(path)) return
  throw new Fault(
    'records-unavailable',
    'The file of the store is gone; put it back, or start anew',
  )
}

/** No database is shorter than its smallest page; SQLite takes a shorter file for an empty one, and writes over it. */
const smallestPage = 512

/** Records are for nobody else on this machine, so a new file is made private. SQLite gives those beside it its rights. */
function prepareFile(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size
  // Only a file that nobody can have open yet is opened here: to close it would drop the locks of this whole process.
  if (size === undefined) closeSync(openSync(path, 'a', 0o600))
  else if (size > 0 && size < smallestPage) throw notADatabase(path)
}

/**
 * After a failed sync the system may hold pages as written that never reached the disk, and further syncs say nothing of
 * them. A checkpoint writes all of them once more, into the main file, and begins the log anew.
 */
function syncAnew(db: Database): void {
  const busy = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy']
  if (busy === 0) return
  throw new Fault('records-unavailable', 'The store is in use, and cannot be recovered yet')
}

function inodeOf(path: string): bigint | null {
  if (path === ':memory:') return null
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino ?? 0n
}

function sessionOf(db: Database): Session {
  const statements = new Map<string, ReturnType<Database['prepare']>>()
  const prepared = (sql: string): ReturnType<Database['prepare']> => {
    const statement = statements.get(sql) ?? db.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  return {
    rows: (sql, values) => prepared(sql).iterate(...values),
    all: (sql, values) => prepared(sql).all(...values),
    get: (sql, values) => prepared(sql).get(...values),
    run: (sql, values) => prepared(sql).run(...values),
  }
}
