import { Fault, type RuleVerdict } from '@writ/domain'
import { loopbackHosts, maxBodyBytes } from '@writ/http'
import { openStore, type Store } from '@writ/sqlite'
import { describe, expect, test } from 'vitest'
import { aHouse, host, requests } from './house.ts'
import { aPack } from './pack.ts'

const unavailable = new Fault('records-unavailable', 'The store cannot be written', {
  cause: new Error('disk I/O error at /secret/path'),
})

/** A store of which one write fails as a full disk would make it fail. */
function aFullStore(): Store {
  const store = openStore(':memory:')
  const refuse = async (): Promise<never> => {
    throw unavailable
  }
  return {
    ...store,
    records: { ...store.records, append: refuse },
    waivers: { ...store.waivers, put: refuse },
  }
}

describe('a store that is down or full', () => {
  test('is 503 with Retry-After, no decision, and the cause in the log only', async () => {
    const house = aHouse({ store: aFullStore() })
    const response = await house.post('/v1/decisions', requests.deploy)
    const text = await response.text()
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1'])
    expect(JSON.parse(text)).toEqual({
      type: '/problems/records-unavailable',
      title: 'The decision could not be recorded, so none was made',
      status: 503,
      detail: 'The store cannot be written',
      instance: 'urn:writ:request:req-1',
    })
    expect(text).not.toMatch(/secret|decision":|allow/)
    expect(house.logged).toMatchObject([{ requestId: 'req-1', status: 503, fault: unavailable }])
  })

  test('takes no outcome and grants no waiver', async () => {
    const house = aHouse({ store: aFullStore() })
    const outcome = {
      type: 'deployment_finished',
      service: 'checkout',
      environment: 'production',
      artifact: { digest: 'sha256:a' },
      finished_at: '2026-11-25T09:00:00Z',
    }
    const waiver = {
      rule: 'deploy.approvals',
      environment: 'production',
      resource: { type: 'service', id: 'checkout' },
      reason: 'because',
      requested_by: 'ada',
      approved_by: 'grace',
      expires_at: '2027-01-01T00:00:00Z',
    }
    expect((await house.post('/v1/outcomes', outcome)).status).toBe(503)
    expect((await house.post('/v1/waivers', waiver)).status).toBe(503)
    expect(await house.store.waivers.list('local', 10)).toEqual([])
  })
})

test('what is unforeseen is 500 and shows the request’s id only', async () => {
  const broken = () => Promise.reject(new TypeError('x of undefined at /secret/path'))
  const house = aHouse({ decide: broken, listRecords: broken })
  const response = await house.post('/v1/decisions', requests.deploy, { 'x-request-id': 'run-7' })
  expect([response.status, response.headers.get('x-request-id')]).toEqual([500, 'run-7'])
  expect(await response.json()).toEqual({
    type: '/problems/internal',
    title: 'Something unforeseen went wrong',
    status: 500,
    detail: 'Report it with the request id run-7',
    instance: 'urn:writ:request:run-7',
  })
  const page = await house.ask('/', { headers: { accept: 'text/html' } })
  expect([page.status, page.headers.get('content-type')]).toEqual([500, 'text/html; charset=utf-8'])
  expect(await page.text()).not.toContain('secret')
  expect(house.logged.map(({ fault }) => (fault.cause as Error).message)).toEqual([
    'x of undefined at /secret/path',
    'x of undefined at /secret/path',
  ])
})

test('a bundle whose every rule fails is recorded as undecided, never an allow', async () => {
  const pack = aPack()
  const failing = (verdict: RuleVerdict): RuleVerdict => ({
    ...verdict,
    verdict: 'error',
    complaints: [],
    judged: [],
    reason: 'it ran out of fuel',
  })
  const house = aHouse({
    bundle: { ...pack, evaluate: (...asked) => pack.evaluate(...asked).map(failing) },
  })
  const answer = (await (await house.post('/v1/decisions', requests.deploy)).json()) as object
  expect(answer).toMatchObject({ decision: false, outcome: 'indeterminate' })
  expect(await house.entries()).toHaveLength(1)
})

describe('health', () => {
  test('is 200 with the bundle once decisions can be made', async () => {
    const response = await aHouse().ask('/healthz')
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({
      status: 'ready',
      bundle: { revision: '2026-11-25.1' },
    })
  })

  test('is 503 without a bundle, and so is a decision', async () => {
    const house = aHouse({ bundle: null })
    for (const response of [
      await house.ask('/healthz'),
      await house.post('/v1/decisions', requests.deploy),
    ])
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2'])
    expect(await house.entries()).toEqual([])
  })

  test('is 503 while nothing can be recorded', async () => {
    const checkReady = () => Promise.reject(unavailable)
    expect((await aHouse({ checkReady }).ask('/healthz')).status).toBe(503)
  })
})

describe('every answer', () => {
  const addresses = [
    '/',
    '/v1/decisions',
    '/v1/policies',
    '/healthz',
    '/nothing',
    '/policies',
    '/v1/outcomes',
  ]
  test.each(addresses)('%s has the headers that protect whoever opens it', async (path) => {
    const { headers } = await aHouse().ask(path, { headers: { accept: 'text/html' } })
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('content-security-policy')).not.toContain('unsafe')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('access-control-allow-origin')).toBe(null)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-request-id')).toBe('req-1')
  })

  test('a request id that could forge a log line is not taken over', async () => {
    const { headers } = await aHouse().ask('/healthz', { headers: { 'x-request-id': 'a b' } })
    expect(headers.get('x-request-id')).toBe('req-1')
  })
})

describe('methods', () => {
  const allowed: readonly [path: string, allow: string][] = [
    ['/v1/decisions', 'POST, GET, HEAD, OPTIONS'],
    ['/v1/decisions/dec_1', 'GET, HEAD, OPTIONS'],
    ['/v1/outcomes', 'POST, OPTIONS'],
    ['/v1/waivers/wvr_1/revoke', 'POST, OPTIONS'],
    ['/healthz', 'GET, HEAD, OPTIONS'],
    ['/', 'GET, HEAD, OPTIONS'],
  ]
  test.each(allowed)('%s tells %s, and opens nothing to other origins', async (path, allow) => {
    const house = aHouse()
    const options = await house.ask(path, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example' },
    })
    expect([options.status, options.headers.get('allow'), await options.text()]).toEqual([
      204,
      allow,
      '',
    ])
    expect([...options.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual(
      [],
    )
    const refused = await house.ask(path, { method: 'DELETE' })
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, allow])
  })

  test('HEAD says what GET would, without the body', async () => {
    const house = aHouse()
    for (const path of ['/', '/healthz', '/v1/decisions', '/v1/decisions/dec_1']) {
      const [get, head] = [await house.ask(path), await house.ask(path, { method: 'HEAD' })]
      expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([
        get.status,
        get.headers.get('content-type'),
        '',
      ])
    }
  })
})

test('our own pages and every loopback name may write', async () => {
  for (const name of loopbackHosts(7171)) {
    const house = aHouse()
    const headers = { host: name, origin: `http://${name}`, 'sec-fetch-site': 'same-origin' }
    expect((await house.post('/v1/decisions', requests.deploy, headers)).status).toBe(200)
  }
  expect([...loopbackHosts(7171)]).toContain(host)
})

const types = [
  'application/json',
  'application/json; charset=utf-8',
  'Application/JSON;charset="UTF-8"',
  'application/vnd.acme.decision+json',
  'application/json; profile=x',
]
test.each(types)('%s is JSON', async (type) => {
  const response = await aHouse().post('/v1/decisions', requests.deploy, { 'content-type': type })
  expect(response.status).toBe(200)
})

test('a key that signs cursors must be long enough', () => {
  expect(() => aHouse({ cursorKey: new Uint8Array(31) })).toThrow('fewer than 32 bytes')
})

test('an endless body is read up to the limit, and no further', async () => {
  let sent = 0
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      sent += 65_536
      if (sent > 4 * maxBodyBytes) controller.close()
      else controller.enqueue(new Uint8Array(65_536).fill(0x20))
    },
  })
  const request = new Request(`http://${host}/v1/decisions`, {
    method: 'POST',
    headers: { host, 'content-type': 'application/json' },
    body: endless,
    duplex: 'half',
  })
  expect((await aHouse().fetch(request)).status).toBe(413)
  expect(sent).toBeLessThan(maxBodyBytes + 3 * 65_536)
})
