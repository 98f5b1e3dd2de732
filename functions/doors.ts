import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Kind } from '@writ/domain'
import { createEngine, openPackedBundle } from '@writ/engine'
import { createApp, type Pages } from '@writ/http'
import {
  aList,
  aPublicKey,
  aSecret,
  aSeed,
  aText,
  bundleFilesIn,
  createHttpHandler,
  createIamCallers,
  isKeptWarm,
  readSettings,
  usePlainWeb,
} from '@writ/lambda'
import { ed25519Signer, signatureTypes, verifierKey } from '@writ/ledger'
import {
  createSignReceipt,
  createUseCases,
  receiptKeyName,
  type Books,
  type FoldAsOf,
} from '@writ/service'
import { edgeParts, openStore, sources, tableSettings, type OpenLog } from './store.ts'

const settings = {
  ...tableSettings,
  WRIT_TENANT: aText,
  WRIT_HOSTS: aList,
  WRIT_CURSOR_KEY: aSecret,
  WRIT_LOG: aText,
  WRIT_LOG_PUBLIC_KEY: aPublicKey,
  WRIT_RECEIPT_KEY: aSeed,
} as const

type Doors = {
  readonly kinds: readonly Kind[]
  readonly pages: Pages | null
  /** Null where nothing of the log is shown. */
  readonly openLog: OpenLog | null
  /** Where cards are shown as they were. */
  readonly foldAsOf?: FoldAsOf
}

/**
 * The same doors as on one machine, behind the gateway: which of them a function answers is decided by its routes, and what
 * it can do by its role. Refuses to start on a bad environment, and on a policy bundle that is not as it was packed.
 */
export async function openDoors(name: string, folder: string, doors: Doors) {
  const { kinds, pages, openLog, foldAsOf } = doors
  usePlainWeb()
  const { WRIT_TENANT: tenant, WRIT_HOSTS: hosts, ...known } = readSettings(process.env, settings)
  const edge = edgeParts(name)
  const store = openStore(known, edge.metrics)
  const engine = createEngine()
  const policies = join(folder, 'policies')
  const checks = await import(join(policies, 'checks.mjs'))
  const read = bundleFilesIn(policies)
  engine.activate(openPackedBundle({ read, kinds, checks, isWarm: isKeptWarm(process.env) }))
  const log = openLog === null ? null : openLog(known, edge.metrics)
  const logKey = verifierKey(known.WRIT_LOG, signatureTypes.ed25519, known.WRIT_LOG_PUBLIC_KEY)
  const receiptSigner = ed25519Signer(receiptKeyName(known.WRIT_LOG), known.WRIT_RECEIPT_KEY)
  const app = createApp({
    ...createUseCases(store, {
      ...sources,
      engine,
      signReceipt: createSignReceipt(() => receiptSigner),
      log: log?.log ?? null,
      foldAsOf,
      logKey: { tenant, key: () => logKey },
    }),
    engine,
    now: sources.now,
    pages,
    keys: () => ({ log: logKey, receipts: receiptSigner.key }),
    readKeptBundle: null,
    checkReady: () => readOne(store, tenant),
    authenticate: createIamCallers(tenant),
    tenants: [tenant],
    isOurHost: (host) => hosts.includes(host),
    cursorKey: known.WRIT_CURSOR_KEY,
    newRequestId: () => randomBytes(16).toString('hex'),
    log: ({ requestId, method, path, status, fault }) =>
      edge.log('request', { request_id: requestId, method, path, status }, fault),
  })
  return createHttpHandler({ ...edge, fetch: app.fetch })
}

async function readOne({ records }: Books, tenant: string): Promise<void> {
  await records.list(tenant, { filter: {}, before: null, limit: 1 })
}
