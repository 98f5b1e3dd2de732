import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Fault } from '@writ/domain'
import { importLedger, type ImportParts } from '@writ/service'
import { openStore } from '@writ/sqlite'
import { createProgress } from '../check/progress.ts'
import type { Desk } from '../desk.ts'
import { auditCodes } from '../exit-codes.ts'
import { counted } from '../output/plain.ts'
import { openDynamodb } from './dynamodb.ts'
import { openFolder } from './folder.ts'
import { verdictOn } from './fsck.ts'
import type { Source } from './source.ts'
import { trustOf } from './trust.ts'
import { tell } from './verdict.ts'

export type ImportOptions = {
  readonly data?: string
  readonly dynamodbEndpoint?: string
  readonly policy?: string
}

/** Checks an export of everything, and makes it the content of a store that has none. */
export async function importExport(
  folder: string,
  options: ImportOptions,
  desk: Desk,
): Promise<number> {
  const source = openFolder(resolve(desk.cwd, folder), null)
  const into = targetOf(options, desk)
  const verdict = await verdictOn(source, await trustOf(options.policy, source, desk), desk)
  if (verdict.status !== 'verified') return tell(verdict, { format: 'text' }, desk)
  if (verdict.facts['records'] !== verdict.facts['size'])
    throw new Fault('request-invalid', `${folder} has a part of the records: export all of them`)
  await into((store) => filled(source, store, desk))
  desk.out(`Imported ${verdict.what}\n`)
  desk.out(
    '  to go on sealing, copy log.key, log.signed and receipts.key from the old data folder to the new one first\n',
  )
  return auditCodes.verified
}

type Store = ImportParts['into']

/** Opens a new store, has it filled, and lets go of it. */
type Into = (fill: (store: Store) => Promise<void>) => Promise<void>

function targetOf({ data, dynamodbEndpoint }: ImportOptions, { cwd, newKey }: Desk): Into {
  if (data !== undefined && dynamodbEndpoint === undefined)
    return intoFile(resolve(cwd, data), newKey())
  if (dynamodbEndpoint !== undefined && data === undefined) return intoTables(dynamodbEndpoint)
  throw new Fault(
    'request-invalid',
    'Say where to put it: --data DIR or --dynamodb-endpoint URL, and one of them only',
  )
}

/** Under its name there is only ever a whole store: one that was broken off is removed. */
function intoFile(data: string, key: string): Into {
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
      renameSync(draft, path)
    } finally {
      for (const end of ['', '-wal', '-shm']) rmSync(`${draft}${end}`, { force: true })
    }
  }
}

function intoTables(endpoint: string): Into {
  return async (fill) => {
    const store = await openDynamodb(endpoint)
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
