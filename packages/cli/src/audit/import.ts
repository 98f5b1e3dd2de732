import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Fault } from '@writ/domain'
import type { DynamoLog, DynamoStore } from '@writ/dynamo'
import { readNote } from '@writ/ledger'
import { importLedger, type ImportParts } from '@writ/service'
import { openStore } from '@writ/sqlite'
import { createProgress } from '../check/progress.ts'
import type { Desk } from '../desk.ts'
import { auditCodes } from '../exit-codes.ts'
import { counted } from '../output/plain.ts'
import { openDeployment } from './deployment.ts'
import { openDynamodb } from './dynamodb.ts'
import { openFolder } from './folder.ts'
import { verdictOn } from './fsck.ts'
import { movedKeysIn, type MovedKeys } from './moved-keys.ts'
import type { Source } from './source.ts'
import { trustOf } from './trust.ts'
import { tell } from './verdict.ts'

export type ImportOptions = {
  readonly data?: string
  readonly dynamodbEndpoint?: string
  /** What `sst deploy` wrote of a deployment. */
  readonly deployment?: string
  /** Where `npm start -- keys move` has put the keys of the old house. */
  readonly keys?: string
  readonly policy?: string
}

/** Checks an export of everything, and makes it the content of a store that has none. */
export async function importExport(
  folder: string,
  options: ImportOptions,
  desk: Desk,
): Promise<number> {
  const source = openFolder(resolve(desk.cwd, folder), null)
  const keys = options.keys === undefined ? null : movedKeysIn(resolve(desk.cwd, options.keys))
  const target = targetOf(options, desk, keys)
  const verdict = await verdictOn(source, await trustOf(options.policy, source, desk), desk)
  if (verdict.status !== 'verified') return tell(verdict, { format: 'text' }, desk)
  if (verdict.facts['records'] !== verdict.facts['size'])
    throw new Fault('request-invalid', `${folder} has a part of the records: export all of them`)
  if (keys !== null) await refuseEarlier(source, keys, folder)
  await target.into((store) => filled(source, store, desk))
  desk.out(`Imported ${verdict.what}\n  ${target.next}\n`)
  return auditCodes.verified
}

/** An export from before the house ended lacks what was recorded after it. */
async function refuseEarlier({ reader }: Source, keys: MovedKeys, folder: string): Promise<void> {
  const note = readNote(Buffer.from((await reader.file('checkpoint')) ?? []).toString('utf8'))
  if (note.text === keys.lastSigned) return
  throw new Fault(
    'request-invalid',
    `${folder} does not end where the log of these keys does: export it again, now that they have moved`,
  )
}

type Store = ImportParts['into']

/** Opens a new store, has it filled, and lets go of it. */
type Into = (fill: (store: Store) => Promise<void>) => Promise<void>

/** Where a ledger is put, and what is to be done there next. */
type Target = { readonly into: Into; readonly next: string }

const copyKeys =
  'to go on sealing, copy log.key, log.signed and receipts.key from the old data folder to the new one first'

function targetOf(
  options: ImportOptions,
  { cwd, env, newKey }: Desk,
  keys: MovedKeys | null,
): Target {
  const { data, dynamodbEndpoint, deployment } = options
  if ([data, dynamodbEndpoint, deployment].filter((place) => place !== undefined).length !== 1)
    throw new Fault('request-invalid', whereTo)
  if (deployment !== undefined && keys === null) throw new Fault('request-invalid', keysFirst)
  if (deployment !== undefined)
    return {
      into: intoTables(async () => openDeployment(resolve(cwd, deployment), env)),
      next: 'the deployment seals on within a minute, if WRIT_MOVED_LOG names this log',
    }
  if (dynamodbEndpoint !== undefined)
    return { into: intoTables(() => openDynamodb(dynamodbEndpoint)), next: copyKeys }
  const folder = resolve(cwd, data ?? '')
  const next = keys === null ? copyKeys : `its keys are in ${data}: start the house there`
  return { into: intoFile(folder, newKey(), keys), next }
}

const whereTo =
  'Say where to put it: --data DIR, --dynamodb-endpoint URL or --deployment FILE, and one of them only'

const keysFirst =
  'A deployment goes on with a log that has ended elsewhere: say where its keys are, --keys DIR. npm start -- keys move takes them out of the old house'

/** Under its name there is only ever a whole store: one that was broken off is removed. */
function intoFile(data: string, key: string, keys: MovedKeys | null): Into {
  const path = join(data, 'writ.db')
  if (existsSync(path))
    throw new Fault('request-invalid', `${data} has a store already: name another folder`)
  return async (fill) => {
    mkdirSync(data, { recursive: true, mode: 0o700 })
    const draft = `${path}.${key}`
    try {
      const store = openStore(draft)
      try {
        await fill(store)
      } finally {
        await store.close()
      }
      keys?.putInto(data)
      renameSync(draft, path)
    } finally {
      for (const end of ['', '-wal', '-shm']) rmSync(`${draft}${end}`, { force: true })
    }
  }
}

function intoTables(open: () => Promise<DynamoStore & DynamoLog>): Into {
  return async (fill) => {
    const store = await open()
    try {
      await fill(store)
    } finally {
      store.close()
    }
  }
}

async function filled({ reader }: Source, into: Store, desk: Desk): Promise<void> {
  const progress = createProgress(desk)
  const onProgress = (leaves: number, all: number): void =>
    progress.show(`${counted(leaves, 'entry', 'entries')} of ${all} imported`)
  await importLedger({ reader, into, onProgress })
  progress.clear()
}
