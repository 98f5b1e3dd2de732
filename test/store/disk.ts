import { openDatabase, type OpenDatabase } from '@writ/sqlite'

/** An error as `node:sqlite` throws it. */
function sqliteError(errcode: number): Error {
  return Object.assign(new Error(`SQLite says ${errcode}`), { code: 'ERR_SQLITE_ERROR', errcode })
}

export const diskErrors = { syncFailed: 1034, writeFailed: 778, full: 13, damaged: 11 } as const

/** What becomes of a statement: it runs, it fails, or it runs and then says that it failed. */
export type Fate = 'runs' | { readonly fails: number } | { readonly runsAndFails: number }

export type Disk = {
  readonly open: OpenDatabase
  /** How many connections were opened, and what they were told to do, in order. */
  readonly log: string[]
  /** Every statement that was prepared. */
  readonly prepared: string[]
  /** Decides over every statement that is run by `exec`. */
  fate: (sql: string) => Fate
  /** Sent to every connection that is opened from now on. */
  pragma: string
  /** The connection that was opened last. */
  connection: ReturnType<OpenDatabase> | null
}

/** Real SQLite on a disk that fails when it is told to. */
export function aDisk(): Disk {
  const disk: Disk = {
    open,
    log: [],
    prepared: [],
    fate: () => 'runs',
    pragma: '',
    connection: null,
  }
  function open(path: string): ReturnType<OpenDatabase> {
    disk.log.push('open')
    const db = openDatabase(path)
    disk.connection = db
    if (disk.pragma !== '') db.exec(disk.pragma)
    return {
      get isTransaction() {
        return db.isTransaction
      },
      prepare: (sql, options) => {
        disk.prepared.push(sql)
        return db.prepare(sql, options)
      },
      close: () => {
        disk.log.push('close')
        db.close()
      },
      exec: (sql) => {
        const fate = disk.fate(sql)
        if (fate === 'runs' || 'runsAndFails' in fate) db.exec(sql)
        disk.log.push(sql)
        if (fate !== 'runs') throw sqliteError('fails' in fate ? fate.fails : fate.runsAndFails)
      },
    }
  }
  return disk
}

/** Fails so many times, then runs. */
export function failTimes(times: number, matching: string, fate: Fate): (sql: string) => Fate {
  let left = times
  return (sql) => {
    if (sql !== matching || left === 0) return 'runs'
    left -= 1
    return fate
  }
}
