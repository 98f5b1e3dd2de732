import { problemOf } from '@writ/contract'
import { Fault, faultCodes } from '@writ/domain'
import { describe, expect, test } from 'vitest'
import { createClient } from './client.ts'

type Sent = { readonly url: string; readonly init: RequestInit }

const answer = {
  id: 'dec_1',
  decision: false,
  outcome: 'deny',
  findings: [],
  rules: [],
  ungoverned: [],
  vacuous: null,
  bundle: { revision: 'r', digest: 'sha256:0' },
  data_digest: 'sha256:1',
  decided_at: '2026-01-01T00:00:00.000Z',
}
const request = { kind: 'deploy' }
const key = { idempotencyKey: 'attempt-1' }

function serviceOf(...replies: readonly (() => Response)[]) {
  const sent: Sent[] = []
  const waits: number[] = []
  const client = createClient({
    server: 'http://writ.test/',
    tenant: 'shop',
    timeoutMilliseconds: 1000,
    fetch: async (url, init = {}) => {
      sent.push({ url: typeof url === 'string' ? url : '', init })
      const reply = replies[Math.min(sent.length, replies.length) - 1]
      if (reply === undefined) throw new TypeError('fetch failed')
      return reply()
    },
    sleep: async (milliseconds) => {
      waits.push(milliseconds)
    },
  })
  return { client, sent, waits }
}

const ok = (body: unknown): Response => new Response(JSON.stringify(body))
const busy = (retryAfter: string | null): Response =>
  new Response(JSON.stringify(problemOf(new Fault('records-unavailable', 'busy'), 'req')), {
    status: 503,
    headers: retryAfter === null ? {} : { 'retry-after': retryAfter },
  })

async function faultOf(promise: Promise<unknown>): Promise<Fault> {
  const thrown: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (thrown instanceof Fault) return thrown
  throw new TypeError(`not a Fault: ${String(thrown)}`)
}

/** What `fetch` throws when the other side has closed the connection. */
const letGo = (): never => {
  throw new TypeError('fetch failed', {
    cause: Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }),
  })
}

test('a read over a connection that was let go is sent again at once, over another', async () => {
  const { client, sent, waits } = serviceOf(letGo, () => ok(answer))
  expect(await client.readDecision('dec_1')).toMatchObject({ id: 'dec_1' })
  expect([sent.length, waits]).toEqual([2, []])
})

test('what cannot be sent twice is not, and a service that is gone is asked twice at the most', async () => {
  const once = serviceOf(letGo, () => ok(answer))
  expect((await faultOf(once.client.grantWaiver({}))).code).toBe('service-unreachable')
  expect(once.sent).toHaveLength(1)
  const gone = serviceOf(letGo)
  expect((await faultOf(gone.client.readDecision('dec_1'))).code).toBe('service-unreachable')
  expect(gone.sent).toHaveLength(2)
})

test('a denial is an answer, asked for with the key and the tenant', async () => {
  const { client, sent } = serviceOf(() => ok({ ...answer, more: 'of a newer Writ' }))
  const text = JSON.stringify({ ...answer, more: 'of a newer Writ' })
  expect(await client.decide(request, key)).toEqual({ answer, text })
  expect(sent[0]?.url).toBe('http://writ.test/v1/decisions')
  expect(sent[0]?.init.headers).toMatchObject({
    'idempotency-key': 'attempt-1',
    'writ-tenant': 'shop',
  })
})

describe('what is no answer never becomes one', () => {
  const nonsense: readonly [string, () => Response][] = [
    ['an empty reply', () => new Response('')],
    ['a page', () => new Response('<html>')],
    ['true', () => ok(true)],
    ['a decision that is a text', () => ok({ ...answer, decision: 'true' })],
    [
      'a decision that contradicts its outcome',
      () => ok({ ...answer, decision: true, outcome: 'deny' }),
    ],
    ['no outcome', () => ok({ ...answer, outcome: undefined })],
    ['an unknown outcome', () => ok({ ...answer, decision: true, outcome: 'fine' })],
    ['a status without words', () => new Response('Bad Gateway', { status: 502 })],
    ['a redirect', () => new Response(null, { status: 302, headers: { location: '/x' } })],
    [
      'a problem of somebody else',
      () =>
        new Response(JSON.stringify({ type: 'about:blank', title: 'Unauthorized' }), {
          status: 401,
        }),
    ],
  ]
  test.each(nonsense)('%s', async (_, reply) => {
    const { client } = serviceOf(reply)
    expect((await faultOf(client.decide(request, key))).code).toBe('service-unreachable')
  })
  test('no connection', async () => {
    const { client, sent } = serviceOf()
    expect((await faultOf(client.decide(request, key))).message).toContain('http://writ.test')
    expect(sent).toHaveLength(1)
  })
})

test.each(faultCodes.filter((code) => code !== 'internal'))(
  'the problem %s becomes the Fault that it was',
  async (code) => {
    const issues = [{ pointer: '/kind', message: 'is missing' }]
    const facts = { id: 'x', issues, secret: 'never' }
    const problem = problemOf(new Fault(code, 'the way out', { facts }), 'req')
    const { client } = serviceOf(() => new Response(JSON.stringify(problem), { status: 400 }))
    const fault = await faultOf(client.readDecision('x'))
    expect(fault).toMatchObject({ code, message: 'the way out' })
    expect(fault.facts['issues']).toEqual(problem['issues'])
    expect(fault.facts['id']).toEqual(problem['id'])
    expect(fault.facts).not.toHaveProperty('secret')
  },
)

describe('a service that is busy', () => {
  test('is asked again with the same key, after as long as it says', async () => {
    const { client, sent, waits } = serviceOf(
      () => busy('2'),
      () => busy(null),
      () => ok(answer),
    )
    expect((await client.decide(request, key)).answer).toEqual(answer)
    expect(waits).toEqual([2000, 2000])
    const keys = sent.map(({ init }) => new Headers(init.headers).get('idempotency-key'))
    expect(keys).toEqual(['attempt-1', 'attempt-1', 'attempt-1'])
  })
  test('is not asked for ever, nor waited for as long as it likes', async () => {
    const { client, sent, waits } = serviceOf(() => busy('86400'))
    expect((await faultOf(client.decide(request, key))).code).toBe('records-unavailable')
    expect(sent).toHaveLength(4)
    expect(Math.max(...waits)).toBeLessThanOrEqual(5000)
  })
  test('is not asked twice for what has no key', async () => {
    const { client, sent } = serviceOf(() => busy('0'))
    await faultOf(client.grantWaiver({ rule: 'deploy.approvals' }))
    expect(sent).toHaveLength(1)
  })
})

test.each(['', 'writ.test', 'ftp://writ.test', 'http://user@writ.test', 'http://writ.test?x=1'])(
  'the address “%s” is refused before anything is sent',
  (server) => {
    expect(() => createClient({ server, timeoutMilliseconds: 1 })).toThrow('not the address')
  },
)

test('ids and filters cannot leave their place in the address', async () => {
  const { client, sent } = serviceOf(() => ok({}))
  await faultOf(client.readDecision('a/b?c'))
  await faultOf(client.listDecisions({ rule: 'a&b', limit: 2, kind: undefined }))
  expect(sent.map(({ url }) => url.slice('http://writ.test'.length))).toEqual([
    '/v1/decisions/a%2Fb%3Fc',
    '/v1/decisions?rule=a%26b&limit=2',
  ])
})
