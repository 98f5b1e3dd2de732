import { existsSync, statSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from 'node:sqlite'
import { Fault, type Instant } from '@writ/domain'
import { storeFault, leavesUnknownState } from './store-fault.ts'
import { migrate } from './schema.ts'

export type Row = Readonly<Record<string, SQLOutputValue>>

/** One statement at a time; nothing here waits. */
export type Session = {
  readonly all: (sql: string, values: readonly SQLInputValue[]) => readonly Row[]
  readonly get: (sql: string, values: readonly SQLInputValue[]) => Row | undefined
  readonly run: (
    sql: string,
    values: readonly SQLInputValue[],
  ) => { readonly lastInsertRowid: number | bigint }
}

export type Connection = {
  /** What is committed now. */
  readonly read: <T>(work: (session: Session) => T) => T
  /** Durable when it resolves; when it rejects, nothing of this work is stored. `at` is the instant of the entry it appends. */
  readonly write: <T>(work: (session: Session) => T, at?: Instant) => Promise<T>
  /** The oldest instant among works that were taken in and are not committed. */
  readonly oldestWaiting: () => Instant | null
  readonly close: () => Promise<void>
}

type Waiting = {
  readonly at: Instant | undefined
  readonly work: (session: Session) => void
  readonly done: () => void
  readonly failed: (thrown: unknown) => void
}

type Opened = {
  readonly db: DatabaseSync
  readonly session: Session
  readonly inode: bigint | null
}

/**
 * A connection whose writes share their commits: what is asked for in one turn of the event loop is one transaction, so
 * one sync to disk, and each caller is answered after it.
 */
export function connect(path: string): Connection {
  const file = createFile(path)
  const waiting: Waiting[] = []
  const flush = (): void => {
    const batch = waiting.splice(0)
    if (batch.length === 0) return
    try {
      file.use((opened) => commit(opened, batch)).forEach((answer) => answer())
    } catch (thrown) {
      batch.forEach(({ failed }) => failed(thrown))
    }
  }
  return {
    read: (work) => file.use(({ session }) => work(session)),
    write: (work, at) =>
      new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(flush)
        waiting.push(waitingFor(work, { at, resolve, reject }))
      }),
    oldestWaiting: () => waiting.flatMap(({ at }) => at ?? []).toSorted(inOrder)[0] ?? null,
    close: async () => {
      flush()
      file.close()
    },
  }
}

type StoreFile = {
  readonly use: <T>(work: (opened: Opened) => T) => T
  readonly close: () => void
}

/**
 * The open file. After a failed sync nobody knows what it holds, so it is let go, and opened anew at the next use; it is
 * never made anew, since that would be an empty ledger under the old name.
 */
function createFile(path: string): StoreFile {
  let opened: Opened | null = open(path, { create: true })
  let closed = false
  const letGo = (): void => {
    opened?.db.close()
    opened = null
  }
  return {
    use: (work) => {
      if (closed) throw new Fault('records-unavailable', 'The store is closed')
      try {
        opened ??= open(path, { create: false })
        refuseMovedFile(path, opened)
        return work(opened)
      } catch (thrown) {
        if (leavesUnknownState(thrown) && path !== ':memory:') letGo()
        throw storeFault(thrown)
      }
    },
    close: () => {
      closed = true
      letGo()
    },
  }
}

function inOrder(left: Instant, right: Instant): number {
  return left < right ? -1 : Number(left > right)
}

function waitingFor<T>(
  work: (session: Session) => T,
  {
    at,
    resolve,
    reject,
  }: { at: Instant | undefined; resolve: (value: T) => void; reject: (thrown: unknown) => void },
): Waiting {
  let result: { readonly value: T } | null = null
  return {
    at,
    work: (session) => (result = { value: work(session) }),
    done: () =>
      result === null
        ? reject(new Fault('internal', 'A write gave no result'))
        : resolve(result.value),
    failed: reject,
  }
}

/** Runs the batch as one transaction. Gives what to tell each caller once the commit has returned. */
function commit({ db, session }: Opened, batch: readonly Waiting[]): readonly (() => void)[] {
  db.exec('BEGIN IMMEDIATE')
  try {
    const answers = batch.map((waiting) => attempt(db, session, waiting))
    db.exec('COMMIT')
    return answers
  } catch (thrown) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw thrown
  }
}

/** One work of a batch. Its own mistake undoes it alone; a failing file ends the whole transaction. */
function attempt(db: DatabaseSync, session: Session, { work, done, failed }: Waiting): () => void {
  db.exec('SAVEPOINT work')
  try {
    work(session)
    db.exec('RELEASE work')
    return done
  } catch (thrown) {
    if (leavesUnknownState(thrown) || !db.isTransaction) throw thrown
    db.exec('ROLLBACK TO work')
    db.exec('RELEASE work')
    return () => failed(storeFault(thrown))
  }
}

function open(path: string, { create }: { readonly create: boolean }): Opened {
  if (!create && !existsSync(path))
    throw new Fault('records-unavailable', `The store ${path} is gone; put it back, or start anew`)
  try {
    const db = new DatabaseSync(path, { timeout: 2000 })
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON')
    migrate(db)
    return { db, session: sessionOf(db), inode: inodeOf(path) }
  } catch (thrown) {
    throw storeFault(thrown)
  }
}

/** A file that was moved away still takes writes, and keeps them from whoever opens its name: so it is refused. */
function refuseMovedFile(path: string, { inode }: Opened): void {
  if (inode === null || inodeOf(path) === inode) return
  throw new Fault(
    'records-unavailable',
    `The store ${path} was moved, removed or replaced while it was open`,
  )
}

function inodeOf(path: string): bigint | null {
  if (path === ':memory:') return null
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino ?? 0n
}

function sessionOf(db: DatabaseSync): Session {
  const statements = new Map<string, ReturnType<DatabaseSync['prepare']>>()
  const prepared = (sql: string): ReturnType<DatabaseSync['prepare']> => {
    const statement = statements.get(sql) ?? db.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  return {
    all: (sql, values) => prepared(sql).all(...values),
    get: (sql, values) => prepared(sql).get(...values),
    run: (sql, values) => prepared(sql).run(...values),
  }
}
