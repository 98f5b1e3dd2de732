import { Agent as PlainAgent, request as askPlainly } from 'node:http'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { Agent, request as askSecurely } from 'node:https'
import { pipeline } from 'node:stream/promises'
import { signed, type Access } from '@writ/aws'
import { problemOf } from '@writ/contract'
import { Fault, faultOf } from '@writ/domain'
import { loopbackHosts, maxBodyBytes, refuseForeignHost, refuseForeignOrigin } from '@writ/http'

/** What Writ reads of a request; the rest is between the browser and this machine. */
const passedOn = [
  'accept',
  'accept-encoding',
  'content-encoding',
  'content-type',
  'idempotency-key',
  'user-agent',
  'writ-reading',
  'x-request-id',
]
/** What is said of this connection, and not of the reply. */
const ofTheConnection = new Set(['connection', 'keep-alive', 'transfer-encoding'])

type Limits = { readonly timeoutMilliseconds: number }

/** Passes each request on, signed. Fenced as the house on one machine is: no page of elsewhere may ask through it. */
export function createGateway(
  access: Access<'execute-api'>,
  { timeoutMilliseconds }: Limits,
): RequestListener {
  const isPlain = access.endpoint.protocol === 'http:'
  const agent = isPlain ? new PlainAgent({ keepAlive: true }) : new Agent({ keepAlive: true })
  const pass = async (asked: IncomingMessage, response: ServerResponse): Promise<void> => {
    refuseForeign(asked)
    const { options, body } = await outgoing(access, asked)
    const signal = AbortSignal.timeout(timeoutMilliseconds)
    const reply = await new Promise<IncomingMessage>((resolve, reject) => {
      const passed = (isPlain ? askPlainly : askSecurely)(
        access.endpoint,
        { ...options, agent, signal },
        resolve,
      )
      passed.on('error', (cause) => reject(unreachable(access, cause)))
      passed.end(body)
    })
    const headers = Object.entries(reply.headers).filter(([name]) => !ofTheConnection.has(name))
    response.writeHead(reply.statusCode ?? 502, Object.fromEntries(headers))
    await pipeline(reply, response)
  }
  return (asked, response) => {
    pass(asked, response).catch((thrown: unknown) => refuse(response, faultOf(thrown)))
  }
}

function refuseForeign({ headers, method, socket }: IncomingMessage): void {
  const ours = loopbackHosts(socket.localPort ?? 0)
  const isOurs = (host: string): boolean => ours.has(host)
  refuseForeignHost(headers.host ?? null, isOurs)
  const from = { origin: headers.origin ?? null, fetchSite: headers['sec-fetch-site'] ?? null }
  if (method !== 'GET' && method !== 'HEAD') refuseForeignOrigin(from, isOurs)
}

/** The gateway takes one escape off a path before Writ sees it, so one is put on. */
async function outgoing(access: Access<'execute-api'>, asked: IncomingMessage) {
  const [path = '/', ...query] = (asked.url ?? '/').split('?')
  const { method = 'GET' } = asked
  const body = await bodyOf(asked)
  const headers = passedOn.flatMap((name) => {
    const value = asked.headers[name]
    return typeof value === 'string' ? [[name, value] as const] : []
  })
  const sent = signed(access, {
    method,
    path: [path.replaceAll('%', '%25'), ...query].join('?'),
    headers: Object.fromEntries(headers),
    body,
  })
  return { options: { method, ...sent }, body }
}

/** A signature is over the whole of it. */
async function bodyOf(asked: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of asked) {
    const bytes = Buffer.from(chunk)
    length += bytes.length
    if (length > maxBodyBytes)
      throw new Fault('request-too-large', `A body may hold ${maxBodyBytes} bytes`, {
        facts: { limit_bytes: maxBodyBytes },
      })
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

function unreachable({ endpoint }: Access<'execute-api'>, cause: unknown): Fault {
  return new Fault('service-unreachable', `${endpoint.origin} did not answer`, { cause })
}

function refuse(response: ServerResponse, fault: Fault): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const problem = problemOf(fault, 'connect')
  const headers = { 'content-type': 'application/problem+json; charset=utf-8', connection: 'close' }
  response.writeHead(problem.status, headers).end(JSON.stringify(problem))
}
