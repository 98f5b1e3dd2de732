import { problems, readProblem, type ReadProblem } from '@writ/contract'
import { Fault, faultCodes, type FaultCode, type Json } from '@writ/domain'

export type ClientOptions = {
  /** The service's address, such as `http://127.0.0.1:7171`. */
  readonly server: string
  /** The tenant to ask in; the service's default when absent. */
  readonly tenant?: string
  /** How long one attempt may take, its answer read to the end. */
  readonly timeoutMilliseconds: number
  readonly fetch?: typeof fetch
  /** Waits before another attempt; a real timer when absent. */
  readonly sleep?: (milliseconds: number) => Promise<void>
}

export type Call = {
  readonly method: 'GET' | 'POST'
  /** Below the server's address, with its query. */
  readonly path: string
  readonly body?: Json
  readonly idempotencyKey?: string
  /** The id of the reading that was announced, of which this is a part. */
  readonly reading?: string | undefined
}

/** Sends one call and gives the body of a successful reply; everything else is a Fault. */
export type Send = (call: Call) => Promise<Uint8Array>

const maxAttempts = 4
const maxWaitSeconds = 5
const maxReplyBytes = 32 * 1024 * 1024

/**
 * A sender that tries again while the service says that it cannot answer just now. Only what can be sent twice is: a read,
 * or a call with an Idempotency-Key, which always goes out under the same key.
 */
export function createSend(options: ClientOptions): Send {
  const base = baseOf(options.server)
  const sleep = options.sleep ?? realSleep
  return async (call) => {
    const attempts = isRepeatable(call) ? maxAttempts : 1
    for (let attempt = 1; ; attempt++) {
      const reply = await overOpenConnection(base, call, options)
      if (reply.status >= 200 && reply.status < 300) return reply.body
      if (reply.status !== 503 || attempt >= attempts) throw faultOfReply(base, reply)
      await sleep(1000 * waitSeconds(reply.retryAfter, attempt))
    }
  }
}

function isRepeatable({ method, idempotencyKey }: Call): boolean {
  return method === 'GET' || idempotencyKey !== undefined
}

/** A connection that was kept may have been let go by the service at this very moment: then it is sent at once over another. */
async function overOpenConnection(
  base: string,
  call: Call,
  options: ClientOptions,
): Promise<Reply> {
  try {
    return await once(base, call, options)
  } catch (thrown) {
    if (!isRepeatable(call) || !wasLetGo(thrown)) throw thrown
    return once(base, call, options)
  }
}

const lettingGo: readonly (string | null)[] = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']

function wasLetGo(thrown: unknown): boolean {
  const cause = thrown instanceof Fault ? thrown.cause : null
  return cause instanceof Error && lettingGo.includes(codeOf(cause.cause) ?? codeOf(cause))
}

/** The server's address without a slash at its end, or the Fault that says what is wrong with it. */
export function baseOf(server: string): string {
  const url = URL.parse(server)
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:'
  if (url === null || !isHttp || url.search !== '' || url.hash !== '' || url.username !== '')
    throw new Fault(
      'request-invalid',
      `“${server}” is not the address of a service: it looks like http://127.0.0.1:7171`,
    )
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}

type Reply = {
  readonly status: number
  readonly retryAfter: string | null
  readonly body: Uint8Array
}

async function once(base: string, call: Call, options: ClientOptions): Promise<Reply> {
  const { timeoutMilliseconds, tenant } = options
  const send = options.fetch ?? fetch
  try {
    const response = await send(`${base}${call.path}`, {
      method: call.method,
      headers: headersOf(call, tenant),
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMilliseconds),
    })
    const body = await boundedBody(response)
    return { status: response.status, retryAfter: response.headers.get('retry-after'), body }
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    throw unreachable(base, reasonOf(cause, timeoutMilliseconds), cause)
  }
}

function headersOf(call: Call, tenant: string | undefined): Record<string, string> {
  return {
    accept: 'application/json, application/problem+json',
    ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(call.idempotencyKey === undefined ? {} : { 'idempotency-key': call.idempotencyKey }),
    ...(call.reading === undefined ? {} : { 'writ-reading': call.reading }),
    ...(tenant === undefined ? {} : { 'writ-tenant': tenant }),
  }
}

async function boundedBody({ body }: Response): Promise<Uint8Array> {
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength
    if (bytes > maxReplyBytes) throw new TypeError(`it replied with over ${maxReplyBytes} bytes`)
    chunks.push(chunk)
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer())
}

function waitSeconds(retryAfter: string | null, attempt: number): number {
  const asked =
    retryAfter !== null && /^[0-9]{1,6}$/.test(retryAfter) ? Number(retryAfter) : attempt
  return Math.min(asked, maxWaitSeconds)
}

function faultOfReply(base: string, { status, body }: Reply): Fault {
  const problem = readProblem(new TextDecoder().decode(body))
  if (problem === null)
    return unreachable(base, `it replied with status ${status} and no word of why`)
  const code = faultCodes.find((known) => known === problem.code)
  if (code === undefined)
    return unreachable(base, `it replied: ${problem.title} (${status}). ${problem.detail}`)
  return new Fault(code, problem.detail === '' ? problem.title : problem.detail, {
    facts: factsOf(code, problem),
  })
}

function factsOf(code: FaultCode, { facts, issues }: ReadProblem): Fault['facts'] {
  const shown = Object.entries(facts).filter(
    ([name]) => name !== 'issues' && problems[code].shows.includes(name),
  )
  return { ...Object.fromEntries(shown), ...(issues === null ? {} : { issues: [...issues] }) }
}

/** The Fault of a service that gave no answer that can be read; whatever was asked may or may not have happened. */
export function unreachable(base: string, reason: string, cause?: unknown): Fault {
  const message = `The service at ${base} gave no answer: ${reason}`
  return new Fault('service-unreachable', message, cause === undefined ? {} : { cause })
}

function reasonOf(cause: unknown, timeoutMilliseconds: number): string {
  if (!(cause instanceof Error)) return 'the connection failed'
  if (cause.name === 'TimeoutError') return `it took longer than ${timeoutMilliseconds / 1000} s`
  const code = codeOf(cause.cause) ?? codeOf(cause)
  if (code === 'ECONNREFUSED') return 'nothing listens there (ECONNREFUSED); is it running?'
  if (code === 'ENOTFOUND') return 'its name is not known (ENOTFOUND)'
  if (code !== null) return `the connection failed (${code})`
  return cause.cause instanceof Error ? cause.cause.message : cause.message
}

function codeOf(cause: unknown): string | null {
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return null
  return typeof cause.code === 'string' ? cause.code : null
}

function realSleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
