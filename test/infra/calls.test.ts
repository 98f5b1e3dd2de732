import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createApp, pages } from '@writ/http'
import { ed25519Signer, type Signer } from '@writ/ledger'
import {
  createFold,
  createSeal,
  createTurns,
  createUseCases,
  oldestUnsealed,
  type Signers,
} from '@writ/service'
import { openStore } from '@writ/sqlite'
import { aLogSigner, aReceiptSigner, signReceipt } from '@writ/testkit'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { calls } from '../../packages/infra/src/calls.ts'
import { routes } from '../../packages/infra/src/routes.ts'
import { host } from '../http/house.ts'
import { aGrant } from '../lambda/events.ts'
import { shippedPack, now, type ShippedPack } from '../policies/pack.ts'

const examples = join(import.meta.dirname, '..', '..', 'examples', 'requests')

let pack: ShippedPack
beforeAll(async () => {
  pack = await shippedPack()
})

/** The same store; each method that is called is noted. */
function noting<Store extends object>(store: Store, note: (method: string) => void): Store {
  const wrapped = Object.entries(store).map(([port, methods]) => [
    port,
    new Proxy(methods, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name)
        if (typeof method !== 'function' || port === 'close') return method
        return (...args: readonly unknown[]): unknown => {
          note(`${port}.${String(name)}`)
          return Reflect.apply(method, target, args)
        }
      },
    }),
  ])
  return Object.fromEntries(wrapped)
}

test('what a function may call is what its routes call, and nothing else', async () => {
  const store = openStore(':memory:')
  onTestFinished(() => store.close())
  const called = new Map<string, Set<string>>(Object.keys(calls).map((name) => [name, new Set()]))
  let at = 'read'
  const memory = { last: async () => null, keep: async () => {} }
  const { memory: signed, ...books } = noting({ ...store, memory }, (method) =>
    called.get(at)?.add(method),
  )
  const bundle = pack.bundleWith('deploy', {})
  const engine = { active: () => bundle }
  let drawn = 0
  const sources = {
    now: () => new Date(now),
    random: (count: number) => new Uint8Array(count).fill((drawn += 1)),
  }
  const app = createApp({
    ...createUseCases(books, {
      ...sources,
      engine,
      signReceipt,
      pause: async () => {},
      log: books.log,
      logKey: { tenant: 'acme', key: () => aLogSigner.key },
    }),
    engine,
    now: sources.now,
    pages,
    keys: () => ({ log: aLogSigner.key, receipts: aReceiptSigner.key }),
    readKeptBundle: null,
    checkReady: async () => {
      await books.records.list('acme', { filter: {}, before: null, limit: 1 })
    },
    authenticate: () => ({ tenant: 'acme', principal: 'ci', roles: [] }),
    tenants: ['acme'],
    isOurHost: () => true,
    cursorKey: new Uint8Array(32),
    newRequestId: () => 'request',
    log: () => undefined,
  })
  const ask = async (method: string, path: string, body?: string): Promise<Response> => {
    at = functionFor(method, path)
    const headers = {
      host,
      'content-type': 'application/json',
      'idempotency-key': `${path}-${drawn}`,
    }
    return app.request(path, { method, headers, ...(body === undefined ? {} : { body }) })
  }
  for (const name of readdirSync(examples).filter((file) => file.endsWith('.json')))
    expect(
      (await ask('POST', '/v1/decisions', readFileSync(join(examples, name), 'utf8'))).status,
      name,
    ).toBe(200)
  const waiver = await ask('POST', '/v1/waivers', JSON.stringify(aGrant(new Date(now))))
  expect(waiver.status, await waiver.clone().text()).toBe(201)
  const { id } = (await waiver.json()) as { id: string }
  expect(
    (await ask('POST', `/v1/waivers/${id}/revoke`, JSON.stringify({ reason: 'over' }))).status,
  ).toBeLessThan(300)
  const list = await (await ask('GET', '/v1/decisions')).text()
  const one = /"id":"(dec_\w+)"/.exec(list)?.[1] ?? ''
  at = 'fold'
  await createFold({ ...books, breathe: async () => undefined })()
  at = 'seal'
  const [first, second, stranger] = [1, 2, 3].map((fill) =>
    ed25519Signer(aLogSigner.key.name, new Uint8Array(32).fill(fill)),
  ) as [Signer, Signer, Signer]
  const turns = createTurns({ ...sources, records: books.records, tenant: 'acme' })
  const sealWith = (signers: Signers) =>
    createSeal({ log: books.log, signers: () => signers, turns, cosign: async (note) => note, memory: signed, newAttempt: () => `attempt ${(drawn += 1)}`, batch: 5 }) // prettier-ignore
  const seal = sealWith({ current: first, next: second })
  while ((await seal()).again);
  await expect(sealWith({ current: stranger, next: null })()).rejects.toMatchObject({
    code: 'log-halted',
  })
  await oldestUnsealed(books.log)
  for (const path of [
    '/',
    '/log/checkpoint',
    '/log/tile/0/000.p/5',
    `/v1/records/${id}/proof`,
    '/healthz',
    `/v1/decisions/${one}`,
    `/v1/decisions/${one}/record`,
    `/v1/records/${id}`,
    '/v1/waivers',
    '/v1/policies',
    '/v1/scorecards',
    '/v1/scorecards/checkout',
    `/decisions/${one}`,
  ])
    expect((await ask('GET', path)).status, path).toBeLessThan(500)
  const erased = await ask('POST', `/v1/records/${one}/erase`, JSON.stringify({ reason: 'asked' }))
  expect(erased.status).toBe(201)
  const found = Object.fromEntries(
    [...called].map(([name, methods]) => [name, [...methods].toSorted()]),
  )
  const declared = Object.fromEntries(
    Object.entries(calls).map(([name, methods]) => [name, methods.toSorted()]),
  )
  expect(found).toEqual(declared)
})

/** As the gateway chooses: the route that matches exactly, else the default. */
function functionFor(method: string, path: string): string {
  const asked = `${method} ${path}`
  const found = routes.find(([route]) =>
    new RegExp(`^${route.replace(/\{\w+\}/, '[^/]+')}$`).test(asked),
  )
  return found?.[1] ?? 'read'
}
