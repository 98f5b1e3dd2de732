import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Kind } from '@writ/domain'
import { createEngine, openPackedBundle } from '@writ/engine'
import type { Fence } from '@writ/http'
import {
  aList,
  aPublicKey,
  aSecret,
  aSigningKey,
  aText,
  bundleFilesIn,
  createHttpHandler,
  createIamCallers,
  isKeptWarm,
  optional,
  readSettings,
  usePlainWeb,
  type Metrics,
  type Settings,
} from '@writ/lambda'
import type { Signer } from '@writ/ledger'
import {
  createSignReceipt,
  receiptKeyName,
  type Books,
  type Engine,
  type SignReceipt,
  type Sources,
} from '@writ/service'
import { edgeParts, openStore, sources, tableSettings } from './store.ts'

const known = {
  ...tableSettings,
  WRIT_TENANT: aText,
  WRIT_HOSTS: aList,
  WRIT_CURSOR_KEY: aSecret,
  WRIT_LOG: aText,
  WRIT_LOG_PUBLIC_KEY: aPublicKey,
  WRIT_RECEIPT_KEY: aSigningKey,
  WRIT_BUNDLES_BUCKET: optional(aText),
} as const

/** What the doors of a function are made of. */
type House = Books &
  Sources & {
    readonly engine: Engine
    readonly signReceipt: SignReceipt
    readonly receiptSigner: Signer
    readonly settings: Settings<typeof known>
    readonly metrics: Metrics
  }

type Doors = {
  readonly kinds: readonly Kind[]
  /** What the gateway sends to this function. What it does not answer is not in its code, so that it starts sooner. */
  readonly app: (
    house: House,
    fence: Fence,
  ) => { readonly fetch: (request: Request) => Response | Promise<Response> }
}

/**
 * The same doors as on one machine, behind the gateway: which of them a function answers is decided by its routes, and what
 * it can do by its role. Refuses to start on a bad environment, and on a policy bundle that is not as it was packed.
 */
export async function openDoors(name: string, folder: string, { kinds, app }: Doors) {
  usePlainWeb()
  const settings = readSettings(process.env, known)
  const edge = edgeParts(name)
  const engine = createEngine()
  const policies = join(folder, 'policies')
  const checks = kinds.length === 0 ? {} : await import(join(policies, 'checks.mjs'))
  const read = bundleFilesIn(policies)
  engine.activate(openPackedBundle({ read, kinds, checks, isWarm: isKeptWarm(process.env) }))
  const receiptSigner = settings.WRIT_RECEIPT_KEY(receiptKeyName(settings.WRIT_LOG))
  const house = {
    ...openStore(settings, edge.metrics),
    ...sources,
    engine,
    signReceipt: createSignReceipt(() => receiptSigner),
    receiptSigner,
    settings,
    metrics: edge.metrics,
  }
  const fence: Fence = {
    pages: null,
    authenticate: createIamCallers(settings.WRIT_TENANT),
    isOurHost: (host) => settings.WRIT_HOSTS.includes(host),
    newRequestId: () => randomBytes(16).toString('hex'),
    log: ({ requestId, method, path, status, fault }) =>
      edge.log('request', { request_id: requestId, method, path, status }, fault),
  }
  return createHttpHandler({ ...edge, fetch: app(house, fence).fetch })
}
