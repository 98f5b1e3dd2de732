import { Fault, type Instant } from '@writ/domain'
import {
  openFile,
  refuseMoved,
  type OpenDatabase,
  type OpenedFile,
  type Session,
} from './database.ts'
import { isOfOneWork, leavesUnknownState, storeFault } from './store-fault.ts'

export type Connection = {
  /** What is committed now. */
  readonly read: <T>(work: (session: Session) => T) => T
  /** Durable when it resolves; when it rejects, nothing of this work is stored. `at` is the instant of the entry it appends. */
  readonly write: <T>(work: (session: Session) => T, at?: Instant) => Promise<T>
  /** The oldest instant among works that were taken in and are not committed. */
  readonly oldestWaiting: () => Instant | null
  /** Takes what was overwritten out of the file of pending writes too; while another process reads, it stays there for a time. */
  readonly forget: () => void
  readonly close: () => Promise<void>
}

/** Does its work, and gives what tells its caller so: to be called once the commit has returned. */
type Work = (session: Session) => () => void

type Waiting = {
  readonly at: Instant | undefined
  readonly work: Work
  readonly failed: (thrown: unknown) => void
}

/** The most works of one transaction: what it may hold in memory, and how long it may keep everybody else waiting. */
const maxBatch = 256

/**
 * A connection whose writes share their commits: what is asked for in one turn of the event loop is one transaction, so
 * one sync to disk, and each caller is answered after it.
 */
export function connect(path: string, openDatabase: OpenDatabase): Connection {
  const file = createFile(path, openDatabase)
  let waiting: Waiting[] = []
  const flush = (): void => {
    const batch = waiting.slice(0, maxBatch)
    waiting = waiting.slice(maxBatch)
    if (waiting.length > 0) setImmediate(flush)
    commit(file, batch)
  }
  return {
    read: (work) => file.use(({ session }) => work(session)),
    write: (work, at) =>
      new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(flush)
        const answering: Work = (session) => {
          const result = work(session)
          return () => resolve(result)
        }
        waiting.push({ at, work: answering, failed: reject })
      }),
    oldestWaiting: () => waiting.flatMap(({ at }) => at ?? []).toSorted(inOrder)[0] ?? null,
    forget: () => file.use(({ db }) => db.exec('PRAGMA wal_checkpoint(TRUNCATE)')),
    close: async () => {
      while (waiting.length > 0) flush()
      file.close()
    },
  }
}

type StoreFile = {
  readonly use: <T>(work: (opened: OpenedFile) => T) => T
  readonly close: () => void
}

/** The open file. After a failed sync nobody knows what it holds, so it is let go, and opened anew at the next use. */
function createFile(path: string, openDatabase: OpenDatabase): StoreFile {
  let opened: OpenedFile | null = openFile({ path, openDatabase, recovers: false })
  let closed = false
  const letGo = (): void => {
    opened?.db.close()
    opened = null
  }
  return {
    use: (work) => {
      if (closed) throw new Fault('records-unavailable', 'The store is closed')
      try {
        opened ??= openFile({ path, openDatabase, recovers: true })
        refuseMoved(path, opened)
        return work(opened)
      } catch (thrown) {
        // What is only in memory would be lost with the connection, and no disk can have failed it.
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

/**
 * Commits the batch as one transaction. Where one work's own mistake undid it, each is committed by itself, so that nobody
 * pays for a neighbour.
 */
function commit(file: StoreFile, batch: readonly Waiting[]): void {
  if (batch.length === 0) return
  try {
    const answers = file.use((opened) => transaction(opened, batch))
    answers.forEach((answer) => answer())
  } catch (thrown) {
    if (batch.length > 1 && isOfOneWork(thrown)) batch.forEach((waiting) => commit(file, [waiting]))
    else batch.forEach(({ failed }) => failed(thrown))
  }
}

function transaction(
  { db, session }: OpenedFile,
  batch: readonly Waiting[],
): readonly (() => void)[] {
  db.exec('BEGIN IMMEDIATE')
  try {
    const answers = batch.map(({ work }) => work(session))
    db.exec('COMMIT')
    return answers
  } catch (thrown) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw thrown
  }
}
