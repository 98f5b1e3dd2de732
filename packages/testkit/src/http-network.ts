import {
  createServer,
  request as send,
  type IncomingHttpHeaders,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { seededNumbers } from './breaking.ts'

/**
 * How a network, or the server behind it, fails a request: it never arrived; only its reply was lost; the server failed and
 * did nothing; it failed and had done it; it was too busy; it took its time; the caller was cut off, and what was asked is
 * done later; of a batch it did the first half and left the rest to be asked again.
 */
export type HttpFailure =
  | 'lost-request'
  | 'lost-reply'
  | 'failed'
  | 'failed-after'
  | 'throttled'
  | 'slow'
  | 'late'
  | 'half-done'
export const httpFailures: readonly HttpFailure[] = [
  ...(['lost-request', 'lost-reply', 'failed', 'failed-after'] as const),
  ...(['throttled', 'slow', 'late', 'half-done'] as const),
]

/** What becomes of a request, by what is asked (`PutItem` and such). */
export type HttpPlan = (action: string) => HttpFailure | null

/** Fails this share of all requests, each in one of these ways, drawn by the seed. */
export function httpFailingAtRandom(
  seed: number,
  share: number,
  ways: readonly HttpFailure[] = httpFailures,
): HttpPlan {
  const draw = seededNumbers(seed)
  return () => (draw() < share ? (ways[Math.floor(draw() * ways.length)] ?? null) : null)
}

export type HttpNetwork = {
  readonly endpoint: string
  /** From now on, requests fare as this plan says. */
  plan: HttpPlan
  /** How many requests fared how. */
  readonly fared: ReadonlyMap<HttpFailure | 'well', number>
  readonly close: () => Promise<void>
}

/** Between a client and a server that speaks DynamoDB's protocol: a proxy that fails requests as planned. */
export async function openHttpNetwork(target: string): Promise<HttpNetwork> {
  const fared = new Map<HttpFailure | 'well', number>()
  const server = createServer((incoming, outgoing) => {
    const parts: Buffer[] = []
    incoming.on('data', (part: Buffer) => parts.push(part))
    incoming.on('end', () => {
      const action = String(incoming.headers['x-amz-target']).split('.')[1] ?? ''
      const asked: Asked = { target, headers: incoming.headers, body: Buffer.concat(parts) }
      const failure = network.plan(action)
      fared.set(failure ?? 'well', (fared.get(failure ?? 'well') ?? 0) + 1)
      fail(failure, asked, outgoing).catch(() => outgoing.destroy())
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const network: HttpNetwork = {
    endpoint: `http://127.0.0.1:${port}`,
    plan: () => null,
    fared,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return network
}

type Asked = {
  readonly target: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}
type Reply = {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** How much later a late request arrives, and how long a slow one takes. */
const delay = 15

async function fail(
  failure: HttpFailure | null,
  asked: Asked,
  outgoing: ServerResponse,
): Promise<void> {
  if (failure === 'lost-request') outgoing.destroy()
  else if (failure === 'late') {
    outgoing.destroy()
    await pause()
    await passOn(asked)
  } else if (failure === 'lost-reply') {
    await passOn(asked)
    outgoing.destroy()
  } else if (failure === 'failed') answer(outgoing, internalError)
  else if (failure === 'failed-after') {
    await passOn(asked)
    answer(outgoing, internalError)
  } else if (failure === 'throttled') answer(outgoing, throttling)
  else if (failure === 'half-done') answer(outgoing, await halfDone(asked))
  else {
    if (failure === 'slow') await pause()
    answer(outgoing, await passOn(asked))
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delay))
}

function passOn({ target, headers, body }: Asked): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = send(target, { method: 'POST', headers }, (reply) => {
      const parts: Buffer[] = []
      reply.on('data', (part: Buffer) => parts.push(part))
      reply.on('error', reject)
      reply.on('end', () =>
        resolve({
          status: reply.statusCode ?? 500,
          headers: reply.headers,
          body: Buffer.concat(parts),
        }),
      )
    })
    request.on('error', reject)
    request.end(body)
  })
}

type Batch = { readonly [table: string]: { readonly Keys: readonly unknown[] } }

/** What is no batch of keys is done in full. */
async function halfDone(asked: Asked): Promise<Reply> {
  const request: { readonly RequestItems?: Batch } = JSON.parse(asked.body.toString('utf8'))
  const { RequestItems: batch } = request
  const [[table, of] = ['', { Keys: [] }]] = Object.entries(batch ?? {})
  const half = Math.ceil(of.Keys.length / 2)
  if (of.Keys.length < 2) return passOn(asked)
  const halved = { ...request, RequestItems: { [table]: { ...of, Keys: of.Keys.slice(0, half) } } }
  const { status, headers, body } = await passOn(withBody(asked, halved))
  const left = { UnprocessedKeys: { [table]: { ...of, Keys: of.Keys.slice(half) } } }
  const reply = Buffer.from(JSON.stringify({ ...JSON.parse(body.toString('utf8')), ...left }))
  const { 'x-amz-crc32': _, ...kept } = headers
  return { status, headers: { ...kept, 'content-length': `${reply.length}` }, body: reply }
}

function withBody(asked: Asked, value: object): Asked {
  const body = Buffer.from(JSON.stringify(value))
  return { ...asked, headers: { ...asked.headers, 'content-length': `${body.length}` }, body }
}

function answer(outgoing: ServerResponse, { status, headers, body }: Reply): void {
  outgoing.writeHead(status, headers)
  outgoing.end(body)
}

const internalError = errorReply(500, 'com.amazonaws.dynamodb.v20120810#InternalServerError')
const throttling = errorReply(
  400,
  'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
)

function errorReply(status: number, type: string): Reply {
  const body = Buffer.from(JSON.stringify({ __type: type, message: 'simulated' }))
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'content-length': `${body.length}` },
    body,
  }
}
