import { Fault, type JsonObject } from '@writ/domain'
import {
  createHttpHandler,
  createIamCallers,
  createLog,
  createMetrics,
  createWorkHandler,
  type EdgeParts,
} from '@writ/lambda'
import { randomBytes } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { aContext, anHttpEvent, apiHost, aScheduledEvent, aStreamRecord, ciRole } from './events.ts'

const now = (): Date => new Date('2026-11-25T10:00:00.000Z')

/** What an edge needs, and the lines that it wrote. */
function told(): EdgeParts & { readonly lines: () => readonly JsonObject[] } {
  const written: string[] = []
  const write = (line: string): void => void written.push(line)
  let ticks = 0
  return {
    log: createLog(write, now),
    metrics: createMetrics({ functionName: 'decide', write, now }),
    clock: () => (ticks += 7),
    lines: () => written.map((line) => JSON.parse(line)),
  }
}

const echo = async (request: Request): Promise<Response> =>
  Response.json({
    method: request.method,
    url: request.url,
    host: request.headers.get('host'),
    cookie: request.headers.get('cookie'),
    requestId: request.headers.get('x-request-id'),
    body: await request.text(),
  })

const ask = async (event: unknown, fetch = echo) => {
  const { lines, ...parts } = told()
  const result = await createHttpHandler({ ...parts, fetch })(event, aContext())
  return { ...result, lines: lines() }
}

test('an event becomes the request that the gateway took, to the byte of its body', async () => {
  const body = '{"naïve":"☃"}'
  const plain = await ask(
    anHttpEvent({ method: 'POST', path: '/v1/decisions', query: 'a=b%20c', body }),
  )
  expect(JSON.parse(plain.body)).toEqual({
    method: 'POST',
    url: `https://${apiHost}/v1/decisions?a=b%20c`,
    host: apiHost,
    cookie: null,
    requestId: 'aws-1',
    body,
  })
  const encoded = Buffer.from(body).toString('base64')
  const base64 = await ask(anHttpEvent({ method: 'POST', path: '/v1/decisions', query: 'a=b%20c', body: encoded, isBase64: true })) // prettier-ignore
  expect(base64.body).toBe(plain.body)
})

test('what the gateway has decoded in a path is escaped again, and cookies are a header', async () => {
  const event = anHttpEvent({ path: '/services/a b?#ü', headers: { 'X-Request-Id': 'mine' } })
  const { body } = await ask({ ...event, cookies: ['a=1', 'b=2'] })
  expect(JSON.parse(body)).toMatchObject({
    url: `https://${apiHost}/services/a%20b%3F%23%C3%BC`,
    cookie: 'a=1; b=2',
    requestId: 'mine',
  })
})

test('an event of another kind is refused as a problem that says which field is not there', async () => {
  const rest = { httpMethod: 'GET', path: '/healthz', requestContext: {}, headers: {} }
  const { statusCode, headers, body } = await ask(rest)
  expect(statusCode).toBe(400)
  expect(headers['content-type']).toBe('application/problem+json; charset=utf-8')
  expect(body).toContain('requestContext.http.method is not a text')
  expect((await ask(null)).statusCode).toBe(400)
  expect((await ask(anHttpEvent({ headers: { bad: 'a\nb' } }))).statusCode).toBe(400)
})

const spoilt: readonly [string, object, RegExp][] = [
  ['body is no text', { body: { kind: 'deploy' } }, /body is not a text/],
  ['what is said to be base64 is not', { body: '{"kind":', isBase64Encoded: true }, /body is not base64/],
  ['base64 without its end', { body: 'eyJraW5kIjo', isBase64Encoded: true }, /body is not base64/],
  ['whether it is base64 is a text', { body: '{}', isBase64Encoded: 'true' }, /isBase64Encoded is not true or false/],
  ['a header has two values', { headers: { 'x-a': ['1', '2'] } }, /headers\.x-a is not a text/],
  ['a cookie is none', { cookies: [1] }, /cookies\.0 is not a text/],
  ['the host has a path in it', { requestContext: { domainName: 'a/b?c', http: { method: 'GET' } } }, /domainName is not the name of a host/],
  ['there is no path', { rawPath: undefined }, /rawPath is not a text/],
  ['the path does not begin at the root', { rawPath: 'v1/decisions' }, /rawPath is not a path from the root/],
] // prettier-ignore
test.each(spoilt)('an event is refused in which %s', async (_, more, words) => {
  const { statusCode, body } = await ask({ ...anHttpEvent({ method: 'POST' }), ...more })
  expect([statusCode, body]).toEqual([400, expect.stringMatching(words)])
})

const ways = ['/v1/decisions/../waivers', '/v1/./waivers', '/v1/decisions/..', '/v1/%2e%2E/waivers', '/v1/.%2e/waivers', '/v1\\waivers', '/v1/wai\nvers', '/v1/wai\tvers'] // prettier-ignore
test.each(ways)(
  'the path %j would be another one to Writ than to the policy that let it through',
  async (path) => {
    const { statusCode, body } = await ask(anHttpEvent({ path }))
    expect([statusCode, body]).toEqual([400, expect.stringContaining('rawPath is not a path')])
  },
)

test('a header that is not ASCII is what a server on one machine would read of it', async () => {
  const agent = async (request: Request) => Response.json(request.headers.get('user-agent'))
  const { body } = await ask(anHttpEvent({ headers: { 'user-agent': 'Чтение/1' } }), agent)
  expect(Buffer.from(JSON.parse(body), 'latin1').toString('utf8')).toBe('Чтение/1')
})

test('the caller is who the gateway authenticated, and no header can say otherwise', async () => {
  const authenticate = createIamCallers('acme')
  const whoami = async (request: Request) => Response.json(authenticate(request))
  const headers = { 'writ-tenant': 'other', authorization: 'arn:aws:iam::1:user/root' }
  expect(JSON.parse((await ask(anHttpEvent({ headers }), whoami)).body)).toEqual({
    tenant: 'acme',
    principal: ciRole,
    roles: [],
  })
  const open = await ask(anHttpEvent({ userArn: null }), whoami)
  expect([open.statusCode, JSON.parse(open.body).type]).toEqual([401, '/problems/caller-unknown'])
})

test('an unforeseen error is one line of log under the invocation’s id, and tells the caller nothing', async () => {
  const { statusCode, body, lines } = await ask(anHttpEvent(), () => {
    throw new TypeError('secret')
  })
  expect(statusCode).toBe(500)
  expect(body).not.toContain('secret')
  expect(JSON.parse(body)).toMatchObject({ instance: 'urn:writ:request:aws-1' })
  const logged = lines.filter(({ level }) => level === 'ERROR')
  expect(logged).toMatchObject([
    { requestId: 'aws-1', event: 'invocation', code: 'internal', timestamp: now().toISOString() },
  ])
  expect(JSON.stringify(logged)).toContain('TypeError: secret')
})

test('an invocation is answered before Lambda ends it, as something to send again', async () => {
  const { statusCode, headers, body, lines } = await (async () => {
    const { lines, ...parts } = told()
    const fetch = () => new Promise<Response>(() => {})
    const result = await createHttpHandler({ ...parts, fetch })(
      anHttpEvent(),
      aContext(() => 520),
    )
    return { ...result, lines: lines() }
  })()
  expect([statusCode, headers['retry-after']]).toEqual([503, '1'])
  expect(JSON.parse(body).type).toBe('/problems/out-of-time')
  expect(lines.map(({ code, Failures }) => code ?? Failures)).toEqual(['out-of-time', [1]])
})

test('each invocation leaves one line of metrics in the embedded format', async () => {
  const { lines } = await ask(anHttpEvent())
  expect(lines).toEqual([
    {
      _aws: {
        Timestamp: now().getTime(),
        CloudWatchMetrics: [
          {
            Namespace: 'Writ',
            Dimensions: [['function']],
            Metrics: [
              { Name: 'Requests', Unit: 'Count' },
              { Name: 'Failures', Unit: 'Count' },
              { Name: 'Duration', Unit: 'Milliseconds' },
            ],
          },
        ],
      },
      level: 'INFO',
      requestId: 'aws-1',
      function: 'decide',
      Requests: [1],
      Failures: [0],
      Duration: [7],
    },
  ])
})

test('of one metric a line holds no more values than CloudWatch takes', () => {
  const written: string[] = []
  const write = (line: string): void => void written.push(line)
  const metrics = createMetrics({ functionName: 'fold', write, now })
  for (let at = 0; at < 205; at++) metrics.add('Records', at, 'Count')
  metrics.flush()
  metrics.flush()
  expect(written.map((line) => JSON.parse(line).Records.length)).toEqual([100, 100, 5])
})

test('a reply that Lambda would refuse goes compressed, or says what to do', async () => {
  const large = JSON.stringify({ text: '"'.repeat(4_000_000) })
  const fetch = async () => new Response(large, { headers: { 'content-type': 'application/json' } })
  const refused = await ask(anHttpEvent(), fetch)
  expect([refused.statusCode, JSON.parse(refused.body).type]).toEqual([
    406,
    '/problems/reply-too-large',
  ])
  const declined = await ask(anHttpEvent({ headers: { 'accept-encoding': 'gzip;q=0' } }), fetch)
  expect(declined.statusCode).toBe(406)
  const headers = { 'accept-encoding': 'br, gzip;q=0.5' }
  const sent = await ask(anHttpEvent({ headers }), fetch)
  expect([sent.statusCode, sent.isBase64Encoded]).toEqual([200, true])
  expect(sent.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' })
  expect(gunzipSync(Buffer.from(sent.body, 'base64')).toString()).toBe(large)
  const noise = randomBytes(7_000_000).toString('hex')
  const still = await ask(anHttpEvent({ headers }), async () => new Response(noise))
  expect(still.statusCode).toBe(406)
})

function working(onRecord: (record: unknown) => Promise<void>) {
  const { lines, ...parts } = told()
  const scheduled: boolean[] = []
  const onSchedule = async (isTimeLeft: () => boolean): Promise<void> =>
    void scheduled.push(isTimeLeft())
  return { run: createWorkHandler({ ...parts, onRecord, onSchedule }), lines, scheduled }
}

const batch = { Records: ['1', '2', '3'].map((number) => aStreamRecord(number, { number })) }

test('of a batch with one poison record that one alone is handed out again', async () => {
  const done: string[] = []
  const { run, lines } = working(async (record) => {
    const text = JSON.stringify(record)
    if (text.includes('"number":"2"')) throw new Fault('internal', 'poison')
    done.push(text)
  })
  expect(await run(batch, aContext())).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] })
  expect(done).toHaveLength(2)
  const [logged, metrics] = lines()
  expect(logged).toMatchObject({ event: 'record', record: '2', message: 'poison' })
  expect(metrics).toMatchObject({ Records: [3], FailedRecords: [1], Failures: [1] })
})

test('records that there is no time for are handed out again, not begun', async () => {
  let left = 6000
  const begun: unknown[] = []
  const { run } = working(async (record) => {
    left -= 2500
    begun.push(record)
  })
  const result = await run(
    batch,
    aContext(() => left),
  )
  expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: '3' }] })
  expect(begun).toHaveLength(2)
})

test('a message of a queue is told by its messageId; a record without a name fails the batch', async () => {
  const { run } = working(() => Promise.reject(new Error('no')))
  const messages = { Records: [{ eventSource: 'aws:sqs', messageId: 'm-1', body: '{}' }] }
  expect(await run(messages, aContext())).toEqual({
    batchItemFailures: [{ itemIdentifier: 'm-1' }],
  })
  await expect(run({ Records: [{}] }, aContext())).rejects.toThrow(/no SequenceNumber/)
})

test('a scheduled event asks for the work that is due; anything else is the function’s failure', async () => {
  const { run, scheduled } = working(async () => undefined)
  expect(await run(aScheduledEvent(), aContext())).toEqual({ batchItemFailures: [] })
  expect(await run(aScheduledEvent(), aContext(() => 1900))).toEqual({ batchItemFailures: [] }) // prettier-ignore
  expect(scheduled).toEqual([true, false])
  await expect(run({ hello: 'there' }, aContext())).rejects.toMatchObject({
    code: 'request-malformed',
  })
})
