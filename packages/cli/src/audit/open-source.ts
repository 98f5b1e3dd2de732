import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Fault } from '@writ/domain'
import { readCheckpoint, type Checkpoint } from '@writ/ledger'
import {
  amissInStore,
  maxUnsealed,
  storeReader,
  type ExportScope,
  type StoreBooks,
} from '@writ/service'
import { readStore } from '@writ/sqlite'
import type { Desk } from '../desk.ts'
import { filesIn } from './bundles.ts'
import { openDynamodb } from './dynamodb.ts'
import { openFolder } from './folder.ts'
import { openServer } from './server.ts'
import { proveBySearch, type Source } from './source.ts'

/** Where to look: an export, the data folder of a house, or a service. */
export type Where = {
  readonly folder?: string | undefined
  readonly data?: string
  readonly server?: string
  /** Where a house keeps its records, when that is a DynamoDB of one's own. */
  readonly dynamodbEndpoint?: string
  /** Whose records; when absent, any, or those of a service's default. */
  readonly tenant?: string
  readonly timeout: number
  /** Why records are read, for a service to record. */
  readonly purpose?: string
  /** The time whose records are read, where no others are. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** True when the command line says where to look. */
export function isSomewhere(where: Where): boolean {
  return placesIn(where).length > 0
}

function placesIn({ folder, data, server, dynamodbEndpoint }: Where): readonly string[] {
  return [folder, data, server, dynamodbEndpoint].filter((place) => place !== undefined)
}

export async function openSource(where: Where, { cwd }: Desk): Promise<Source> {
  const { folder, data, server, dynamodbEndpoint, timeout } = where
  const tenant = where.tenant ?? null
  if (placesIn(where).length !== 1) throw new Fault('request-invalid', whereToLook)
  if (server !== undefined)
    return openServer({ ...scopeOf(where), server, timeout, purpose: where.purpose ?? null })
  if (dynamodbEndpoint !== undefined) return openTables(dynamodbEndpoint, tenant)
  return data === undefined
    ? openFolder(resolve(cwd, folder ?? ''), tenant)
    : openData(resolve(cwd, data), tenant)
}

const whereToLook =
  'Say where to look: --data DIR, --server URL, --dynamodb-endpoint URL or the folder of an export, and one of them only'

/** A ledger of which every record is looked at: a service shows those of one tenant only. */
export async function openWhole(where: Where, desk: Desk): Promise<Source> {
  if (where.server === undefined || where.tenant !== undefined) return openSource(where, desk)
  throw new Fault(
    'request-invalid',
    'A service shows the records of one tenant: say which, --tenant NAME',
  )
}

/** A house exports the records of all tenants, unless one is named; a service those of the one that asks. */
export function scopeOf({ from, to, tenant }: Pick<Where, 'from' | 'to' | 'tenant'>): ExportScope {
  return { from: from ?? null, to: to ?? null, tenant: tenant ?? null }
}

/** The store of a house, which may be running. */
function openData(data: string, tenant: string | null): Source {
  const policy = policyOf(join(data, 'log.vkey'))
  const store = readStore(join(data, 'writ.db'))
  const keptBundle = filesIn(join(data, 'bundles'))
  const books = {
    ...store,
    signed: async () => signedIn(join(data, 'log.signed')),
    unsealed: (limit: number) => store.log.pending(limit),
  }
  return storeSource(books, { name: data, policy, tenant, keptBundle })
}

/** What a house remembers that it signed last; nothing in a folder that has never sealed, or was moved without it. */
function signedIn(path: string): Checkpoint | null {
  return existsSync(path) ? readCheckpoint(readFileSync(path, 'utf8')) : null
}

async function openTables(endpoint: string, tenant: string | null): Promise<Source> {
  const store = await openDynamodb(endpoint)
  const books = { ...store, signed: () => store.memory.last() }
  return storeSource(books, {
    name: endpoint,
    policy: null,
    tenant,
    keptBundle: async () => null,
  })
}

type Known = Pick<Source, 'name' | 'policy' | 'keptBundle'> & { readonly tenant: string | null }

type OpenStore = Parameters<typeof storeReader>[0] &
  StoreBooks & { readonly close: () => Promise<void> | void }

function storeSource(store: OpenStore, { tenant, ...known }: Known): Source {
  const reader = storeReader(store)
  return {
    ...known,
    reader,
    expects: () => true,
    amissBeside: (checked) => amissInStore(store, checked),
    facts: async () => {
      const { length } = await store.unsealed(maxUnsealed)
      return { unsealed: length < maxUnsealed ? length : `${length} or more` }
    },
    prove: (id) => proveBySearch(reader, { id, tenant }),
    close: async () => store.close(),
  }
}

function policyOf(path: string): string | null {
  try {
    return `log ${readFileSync(path, 'utf8').trimEnd()}\nquorum none\n`
  } catch {
    return null
  }
}
