import { Fault } from '@writ/domain'
import { createApp, loopbackHosts, pages, type AppParts, type FaultEvent } from '@writ/http'
import type { Entry } from '@writ/ledger'
import {
  createUseCases,
  foldAsOf,
  type Bundle,
  type LogKeyName,
  type Pause,
  type Spool,
} from '@writ/service'
import { openStore, type Store } from '@writ/sqlite'
import { aLogSigner, aReceiptSigner, signReceipt } from '@writ/testkit'
import { aPack } from './pack.ts'

export const host = '127.0.0.1:7171'

type Asking = {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array<ArrayBuffer>
}

export type House = {
  /** Asks the app as a local client would. */
  readonly ask: (path: string, init?: Asking) => Promise<Response>
  readonly post: (
    path: string,
    body: unknown,
    headers?: Record<string, string>,
  ) => Promise<Response>
  readonly fetch: (request: Request) => Response | Promise<Response>
  /** Every entry of every tenant, oldest first: so a test can tell that nothing was appended. */
  readonly entries: () => Promise<readonly Entry[]>
  readonly logged: readonly FaultEvent[]
  readonly store: Store
  readonly parts: AppParts
}

/** The whole house behind its doors, in memory: real use cases and store, a clock that a test can read, ids that count. */
export function aHouse(
  more: Partial<AppParts> & {
    readonly bundle?: Bundle | null
    readonly store?: Store
    readonly pause?: Pause
    readonly spool?: Spool
    /** What time it is; else each look at it is a second later. */
    readonly clock?: () => Date
    readonly logKey?: LogKeyName
  } = {},
): House {
  const {
    bundle = aPack(),
    store = openStore(':memory:'),
    pause = nobodyWaits,
    clock = ticking(),
    logKey = ownLogKey,
    spool = null,
    ...parts
  } = more
  const logged: FaultEvent[] = []
  const all: AppParts = {
    ...useCases({ bundle, clock, pause, logKey, spool }, store),
    pages,
    keys: () => ({ log: aLogSigner.key, receipts: aReceiptSigner.key }),
    readKeptBundle: null,
    checkReady: async () => undefined,
    authenticate: callerOf,
    tenants: ['local', 'sample'],
    isOurHost: (name) => loopbackHosts(7171).has(name),
    cursorKey: new Uint8Array(32).fill(7),
    newRequestId: () => 'req-1',
    log: (event) => {
      logged.push(event)
    },
    ...parts,
  }
  const app = createApp(all)
  const ask = async (path: string, init: Asking = {}): Promise<Response> =>
    app.request(`http://${host}${path}`, { ...init, headers: { host, ...init.headers } })
  const post: House['post'] = (path, body, headers = {}) =>
    ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const entries = () => entriesOf(store)
  return { ask, post, fetch: app.fetch, entries, logged, store, parts: all }
}

const nobodyWaits: Pause = async () => undefined
const ownLogKey: LogKeyName = { tenant: 'local', key: () => aLogSigner.key }

async function entriesOf({ records }: Store): Promise<readonly Entry[]> {
  const query = { filter: {}, before: null, limit: 1000 }
  const pages = await Promise.all(['local', 'sample'].map((name) => records.list(name, query)))
  return pages.flatMap(({ entries }) => entries).toReversed()
}

function ticking(): () => Date {
  let tick = 0
  return () => new Date(Date.UTC(2026, 10, 25, 10, 0, (tick += 1)))
}

type World = {
  readonly bundle: Bundle | null
  readonly clock: () => Date
  readonly pause: Pause
  readonly logKey: LogKeyName
  readonly spool: Spool | null
}

function useCases({ bundle, clock: now, ...world }: World, store: Store) {
  let drawn = 0
  const random = (count: number): Uint8Array => new Uint8Array(count).fill((drawn += 1))
  const engine = {
    active: () => {
      if (bundle === null) throw new Fault('bundle-not-ready', 'No policy bundle is active yet')
      return bundle
    },
  }
  return {
    now,
    engine,
    ...createUseCases(store, {
      ...world,
      now,
      random,
      engine,
      signReceipt,
      foldAsOf,
      log: store.log,
    }),
  }
}

function callerOf(request: Request) {
  const asked =
    request.headers.get('writ-tenant') ?? new URL(request.url).searchParams.get('tenant') ?? 'local'
  if (!['local', 'sample'].includes(asked))
    throw new Fault('tenant-unknown', `There is no tenant ${asked}`, {
      facts: { tenant: asked, tenants: ['local', 'sample'] },
    })
  return { tenant: asked, principal: 'tester', roles: ['admin'] }
}

export const requests = {
  deploy: {
    kind: 'deploy',
    subject: { type: 'user', id: 'ada' },
    action: { name: 'deploy' },
    resource: { type: 'service', id: 'checkout', properties: { team: 'payments' } },
    context: {
      environment: 'production',
      correlation: 'c0ffee',
      artifact: { image: 'registry.example/checkout', digest: `sha256:${'a'.repeat(64)}` },
      change: { author: 'ada', approvals: [{ by: 'grace' }] },
    },
  },
  unapproved: {
    kind: 'deploy',
    subject: { type: 'user', id: 'ada' },
    action: { name: 'deploy' },
    resource: { type: 'service', id: 'checkout', properties: { team: 'payments' } },
    context: { environment: 'production', change: { author: 'ada', approvals: [] } },
  },
  access: {
    kind: 'access',
    subject: { type: 'user', id: 'ada', properties: { roles: ['operator'] } },
    action: { name: 'restart' },
    resource: { type: 'cluster', id: 'eu-1' },
    context: { environment: 'production' },
  },
  config: {
    kind: 'config',
    subject: { type: 'user', id: 'ada' },
    action: { name: 'merge' },
    resource: { type: 'repository', id: 'shop/checkout' },
    context: {
      environment: 'production',
      service: 'checkout',
      documents: [
        {
          type: 'kubernetes/Deployment.apps',
          id: 'shop/checkout',
          path: 'deploy/checkout.yaml',
          content: {
            spec: {
              template: {
                spec: { containers: [{ name: 'app', securityContext: { privileged: true } }] },
              },
            },
          },
        },
      ],
    },
  },
} as const
