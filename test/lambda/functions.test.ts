import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { buildBundle } from '@writ/compiler'
import { createTables, tableNames } from '@writ/dynamo'
import { createEngine, loadBundle, openKeptBundle } from '@writ/engine'
import { createApp, pages } from '@writ/http'
import { createUseCases, type Bundle } from '@writ/service'
import { openStore } from '@writ/sqlite'
import { takeReceipt, verifyReceipt } from '@writ/ledger'
import { aLogSigner, aReceiptSigner, aSigning } from '@writ/testkit'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { buildFunctions } from '../../tools/functions.ts'
import { surroundings } from '../../tools/toolchain.ts'
import { publicKeyText } from '../aws/kms.ts'
import { clientOf, startDynalite, type Running } from '../store/dynamo.ts'
import {
  aGrant,
  aScheduledEvent,
  aStreamRecord,
  anHttpEvent,
  answerIn,
  apiHost,
  ciRole,
  posting,
} from './events.ts'
import { boot, loadedFor, type Booted } from './runtime.ts'

const root = join(import.meta.dirname, '..', '..')
const built = mkdtempSync(join(tmpdir(), 'writ-functions-')) // `dist/` belongs to whoever deploys
const tables = tableNames('writ')

let dynamo: Running
let bundle: Bundle
beforeAll(async () => {
  await buildFunctions(built)
  bundle = loadBundle(await buildBundle({ ...surroundings(), policies: join(root, 'policies') }))
  dynamo = await startDynalite()
  await createTables(clientOf(dynamo.endpoint), tables)
})
afterAll(async () => {
  await dynamo.stop()
  rmSync(built, { recursive: true, force: true })
})

const storeEnv = () => ({
  AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
  ...Object.fromEntries(
    Object.entries(tables).map(([name, table]) => [`WRIT_${name.toUpperCase()}_TABLE`, table]),
  ),
})
const doorEnv = () => ({
  ...storeEnv(),
  WRIT_TENANT: 'acme',
  WRIT_HOSTS: apiHost,
  WRIT_CURSOR_KEY: '07'.repeat(32),
  WRIT_LOG: 'example.com/log',
  WRIT_LOG_PUBLIC_KEY: publicKeyText(aLogSigner),
  WRIT_RECEIPT_KEY: '02'.repeat(32), // the key of the testkit
})

async function booted(
  name: string,
  env: Record<string, string>,
  more: { readonly built?: string; readonly timeoutMs?: number } = {},
): Promise<Booted> {
  const running = await boot(name, { built, env, ...more })
  onTestFinished(() => running.stop())
  return running
}

const example = (name: string): string =>
  readFileSync(join(root, 'examples', 'requests', `${name}.json`), 'utf8')

/** The same doors on one machine, over an empty store, at an instant. */
function localApp(now: Date) {
  const engine = createEngine()
  engine.activate(bundle)
  const store = openStore(':memory:')
  onTestFinished(() => store.close())
  const sources = { now: () => now, random: (count: number) => new Uint8Array(count) }
  return createApp({
    ...createUseCases(store, { ...sources, ...aSigning, engine, pause: async () => {}, log: null }),
    engine,
    now: sources.now,
    pages,
    keys: () => ({ log: aLogSigner.key, receipts: aReceiptSigner.key }),
    readKeptBundle: null,
    checkReady: async () => undefined,
    authenticate: () => ({ tenant: 'acme', principal: ciRole, roles: [] }),
    tenants: ['acme'],
    isOurHost: (host) => host === apiHost,
    cursorKey: new Uint8Array(32).fill(7),
    newRequestId: () => 'request',
    log: () => undefined,
  })
}

test('decide answers as the house on one machine does: status, content type and every byte of the body but the receipt, which is of its own record', async () => {
  const decide = await booted('decide', doorEnv())
  for (const name of ['deploy-allowed', 'deploy-denied', 'access-allowed']) {
    const headers = { 'idempotency-key': `same-${name}` }
    const answer = answerIn(await decide.invoke(posting('/v1/decisions', example(name), headers)))
    const { decided_at: decidedAt } = JSON.parse(answer.body)
    const local = await localApp(new Date(decidedAt)).request('/v1/decisions', {
      method: 'POST',
      headers: { host: apiHost, 'content-type': 'application/json', ...headers },
      body: example(name),
    })
    expect(answer.statusCode, name).toBe(local.status)
    expect(answer.headers['content-type'], name).toBe(local.headers.get('content-type'))
    const [here, there] = [takeReceipt(await local.text()), takeReceipt(answer.body)]
    expect(there?.answer, name).toBe(here?.answer)
    expect(verifyReceipt(there?.receipt ?? '', [aReceiptSigner.key]).status).toBe('verified')
  }
})

test('what decide recorded, read shows; a retry gets the same bytes; another body under the key is refused', async () => {
  const [decide, read] = [await booted('decide', doorEnv()), await booted('read', doorEnv())]
  const event = posting('/v1/decisions', example('deploy-allowed'), { 'idempotency-key': 'k-1' })
  const first = answerIn(await decide.invoke(event))
  expect(answerIn(await decide.invoke(event)).body).toBe(first.body)
  const other = posting('/v1/decisions', example('deploy-denied'), { 'idempotency-key': 'k-1' })
  expect(answerIn(await decide.invoke(other)).statusCode).toBe(422)
  const { id } = JSON.parse(first.body)
  expect(answerIn(await read.invoke(anHttpEvent({ path: `/v1/decisions/${id}` }))).body).toBe(
    first.body,
  )
  const listed = answerIn(
    await read.invoke(anHttpEvent({ path: '/v1/decisions', query: 'limit=10' })),
  )
  expect(listed.body).toContain(id)
})

test('read gives away the bundle that decides, which opens by the digests that a record names, and no other file', async () => {
  const read = await booted('read', doorEnv())
  const bundleFile = async (path: string) => {
    const { statusCode, bytes } = answerIn(
      await read.invoke(anHttpEvent({ path: `/v1/bundles/${path}` })),
    )
    return statusCode === 200 ? bytes : null
  }
  const opened = await openKeptBundle(bundleFile, { ...bundle.name, dataDigest: bundle.dataDigest })
  expect(opened?.name.digest).toBe(bundle.name.digest)
  expect(await bundleFile('..%2Findex.mjs')).toBeNull()
})

test('a body that comes in base64, a malformed one, and a caller that nobody authenticated', async () => {
  const decide = await booted('decide', doorEnv())
  const base64 = anHttpEvent({
    method: 'POST',
    path: '/v1/decisions',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(example('deploy-allowed')).toString('base64'),
    isBase64: true,
  })
  expect(answerIn(await decide.invoke(base64)).statusCode).toBe(200)
  const malformed = answerIn(await decide.invoke(posting('/v1/decisions', '{"kind":')))
  expect([malformed.statusCode, malformed.headers['content-type']]).toEqual([
    400,
    'application/problem+json; charset=utf-8',
  ])
  const anonymous = anHttpEvent({
    method: 'POST',
    path: '/v1/decisions',
    userArn: null,
    body: '{}',
  })
  expect(answerIn(await decide.invoke(anonymous)).statusCode).toBe(401)
})

test('a variable that is missing or unknown stops the start, and is named', async () => {
  const { WRIT_TENANT: _, ...env } = doorEnv()
  const { initError } = await booted('decide', { ...env, WRIT_TENANTS: 'acme' })
  expect(initError).toMatchObject({
    errorMessage: expect.stringMatching(/WRIT_TENANT is missing; WRIT_TENANTS is not a variable/),
  })
})

test('policies that are not as they were packed decide nothing, and the file is told: a module refuses its requests, data the start', async () => {
  const spoilt = mkdtempSync(join(tmpdir(), 'writ-spoilt-'))
  onTestFinished(() => rmSync(spoilt, { recursive: true, force: true }))
  cpSync(join(built, 'decide'), join(spoilt, 'decide'), { recursive: true })
  const spoil = async (file: string): Promise<Booted> => {
    writeFileSync(join(spoilt, 'decide', 'policies', file), 'other bytes')
    return booted('decide', doorEnv(), { built: spoilt })
  }
  const decide = await spoil('access.wasm')
  const ask = (name: string) => decide.invoke(posting('/v1/decisions', example(name)))
  expect(answerIn(await ask('access-allowed')).statusCode).toBe(503)
  expect(decide.lines().join()).toContain('access.wasm is not as it was packed')
  expect(answerIn(await ask('deploy-allowed')).statusCode).toBe(200)
  const told = JSON.stringify((await spoil('data.json')).initError)
  expect(told).toContain('data.json is not as it was packed')
})

test('a store that is out: no decision, 503; and the next one when it is back', async () => {
  const gone = await startDynalite()
  await gone.stop()
  const decide = await booted('decide', { ...doorEnv(), AWS_ENDPOINT_URL_DYNAMODB: gone.endpoint })
  const ask = () => decide.invoke(posting('/v1/decisions', example('deploy-allowed')))
  const answer = answerIn(await ask())
  expect(answer.statusCode).toBe(503)
  expect(answer.body).not.toContain('"decision"')
  expect(decide.lines().some((line) => line.includes('"level":"ERROR"'))).toBe(true)
  const back = await startDynalite(Number(new URL(gone.endpoint).port))
  onTestFinished(() => back.stop())
  await createTables(clientOf(back.endpoint), tables)
  expect(answerIn(await ask()).statusCode).toBe(200)
})

test('a store that never answers: the function answers in time by itself, and says that nothing was decided', async () => {
  const silent = createServer(() => undefined)
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void silent.close())
  const address = silent.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  const away = { ...doorEnv(), AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${address.port}` }
  const decide = await booted('decide', away, { timeoutMs: 2_000 })
  const answer = answerIn(await decide.invoke(posting('/v1/decisions', example('deploy-allowed'))))
  expect(answer.statusCode).toBe(503)
  expect(answer.body).not.toContain('"decision"')
})

test('frozen between two invocations, it goes on where it was', async () => {
  const decide = await booted('decide', doorEnv())
  const ask = () => decide.invoke(posting('/v1/decisions', example('deploy-allowed')))
  expect(answerIn(await ask()).statusCode).toBe(200)
  await decide.freeze()
  const asked = ask()
  decide.thaw()
  expect(answerIn(await asked).statusCode).toBe(200)
})

test('admin grants a waiver, which read lists', async () => {
  const [admin, read] = [await booted('admin', doorEnv()), await booted('read', doorEnv())]
  const granted = answerIn(
    await admin.invoke(posting('/v1/waivers', JSON.stringify(aGrant(new Date())))),
  )
  expect([granted.statusCode, granted.body.slice(0, 300)]).toEqual([
    201,
    expect.stringContaining('"id"'),
  ])
  const { id } = JSON.parse(granted.body)
  expect(answerIn(await read.invoke(anHttpEvent({ path: '/v1/waivers' }))).body).toContain(id)
})

test('a batch of the stream is folded into scorecards; the one record that is none fails alone; the clock folds too', async () => {
  const [decide, fold, read] = [
    await booted('decide', doorEnv()),
    await booted('fold', storeEnv()),
    await booted('read', doorEnv()),
  ]
  const { id } = JSON.parse(
    answerIn(await decide.invoke(posting('/v1/decisions', example('deploy-allowed')))).body,
  )
  const Records = [
    aStreamRecord('1', { key: { S: `acme#${id}` } }),
    { eventName: 'INSERT', messageId: '2' },
    aStreamRecord('3', { key: { S: `acme#${id}` } }),
  ]
  expect(await fold.invoke({ Records })).toEqual({
    ok: true,
    value: { batchItemFailures: [{ itemIdentifier: '2' }] },
  })
  expect(answerIn(await read.invoke(anHttpEvent({ path: '/v1/scorecards' }))).body).toContain(
    'checkout',
  )
  const folded = { ok: true, value: { batchItemFailures: [] } }
  expect(await fold.invoke(aScheduledEvent())).toEqual(folded)
  expect((await fold.invoke({ what: 'is this' })).ok).toBe(false)
})

test('a name with a slash is found by who escapes it twice, since the gateway takes one escape off', async () => {
  const asked = JSON.parse(example('deploy-allowed'))
  const resource = { ...asked.resource, id: 'acme/shop' }
  const body = JSON.stringify({ ...asked, resource })
  const decide = await booted('decide', doorEnv())
  expect(answerIn(await decide.invoke(posting('/v1/decisions', body))).statusCode).toBe(200)
  await (await booted('fold', storeEnv())).invoke(aScheduledEvent())
  const read = await booted('read', doorEnv())
  const cardAt = async (path: string) => answerIn(await read.invoke(anHttpEvent({ path })))
  expect(JSON.parse((await cardAt('/v1/scorecards/acme%2Fshop')).body).entity).toBe('acme/shop')
  expect((await cardAt('/v1/scorecards/acme/shop')).statusCode).toBe(404)
})

test('every function stays small, so that it starts soon', () => {
  const sizes = { decide: 213_000, admin: 198_000, read: 308_000, fold: 92_000, seal: 118_000 }
  for (const [name, most] of Object.entries(sizes))
    expect(statSync(join(built, name, 'index.mjs')).size, name).toBeLessThan(most)
})

test('a decision loads no part of Node that it can do without: undici, TLS where the store is asked without it, perf_hooks', async () => {
  const event = posting('/v1/decisions', example('deploy-allowed'))
  const loaded = await loadedFor('decide', event, { built, env: doorEnv() })
  expect(loaded.length).toBeGreaterThan(100)
  expect(loaded.filter((name) => /undici|tls|perf_hooks/.test(name))).toEqual([])
})
