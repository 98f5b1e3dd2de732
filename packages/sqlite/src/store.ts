import { existsSync } from 'node:fs'
import { Fault, type Waiver } from '@writ/domain'
import type { LogStore, Records, Scorecards, Waivers } from '@writ/service'
import { connect, type Connection } from './connection.ts'
import { openDatabase, openToRead, type OpenDatabase } from './database.ts'
import { createLogStore, pathsIn } from './log.ts'
import { misfiledIn } from './misfiled.ts'
import { createRecords } from './records.ts'
import { createScorecards } from './scorecards.ts'
import { createWaivers, everyWaiverIn } from './waivers.ts'

/** Every store port on one SQLite file. */
export type Store = {
  readonly records: Records
  readonly waivers: Waivers
  readonly scorecards: Scorecards
  readonly log: LogStore
  /** Finishes what was asked for, then lets go of the file. */
  readonly close: () => Promise<void>
}

/**
 * Opens the file, or makes it; `:memory:` forgets everything. Throws the Fault `store-too-new` or `store-unreadable`, and
 * changes nothing, if the file is not this program's to write. Tests pass a way to open that fails as disks do.
 */
export function openStore(path: string, open: OpenDatabase = openDatabase): Store {
  return storeOver(connect(path, open))
}

function storeOver(connection: Connection): Store {
  return {
    records: createRecords(connection),
    waivers: createWaivers(connection),
    scorecards: createScorecards(connection),
    log: createLogStore(connection),
    close: connection.close,
  }
}

/** A store that is only read. */
export type ReadStore = Pick<Store, 'records' | 'waivers' | 'log' | 'close'> & {
  /** What stands in it that this program never writes, in words; null where nothing does. */
  readonly misfiled: () => Promise<string | null>
  /** The paths of the files that stand in the log. */
  readonly paths: () => Promise<readonly string[]>
  /** Of all tenants. */
  readonly everyWaiver: () => Promise<readonly Waiver[]>
}

/**
 * Opens a store that is there, to read it and nothing else; another process may go on writing it. Throws the Fault
 * `store-unreadable` where there is none.
 */
export function readStore(path: string): ReadStore {
  if (!existsSync(path))
    throw new Fault('store-unreadable', `There is no store ${path}; name the folder that has one`)
  const connection = connect(path, openToRead)
  const { records, waivers, log, close } = storeOver(connection)
  return {
    records,
    waivers,
    log,
    close,
    misfiled: async () => connection.read(misfiledIn),
    paths: async () => connection.read(pathsIn),
    everyWaiver: async () => connection.read(everyWaiverIn),
  }
}
