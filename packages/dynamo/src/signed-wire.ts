import { Fault } from '@writ/domain'
import aws4 from 'aws4'
import type { Wire } from './wire.ts'

/** Where DynamoDB is, and as whom it is asked. */
export type Access = {
  readonly endpoint: URL
  readonly region: string
  readonly credentials: {
    readonly accessKeyId: string
    readonly secretAccessKey: string
    /** Keys of a user come without one. */
    readonly sessionToken?: string
  }
}

type Environment = Readonly<Record<string, string | undefined>>

/** Access as Lambda tells it in a function's environment. Throws the Fault `start-refused` that names what is missing. */
export function accessIn(env: Environment): Access {
  const missing: string[] = []
  const needed = (name: string): string => {
    const value = env[name] ?? ''
    if (value === '') missing.push(name)
    return value
  }
  const region = needed('AWS_REGION')
  const { AWS_SESSION_TOKEN: sessionToken } = env
  const credentials = {
    accessKeyId: needed('AWS_ACCESS_KEY_ID'),
    secretAccessKey: needed('AWS_SECRET_ACCESS_KEY'),
    ...(sessionToken === undefined ? {} : { sessionToken }),
  }
  if (missing.length > 0)
    throw new Fault('start-refused', `${missing.join(', ')}: Lambda sets it, and it is missing`)
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'
  const address =
    env['AWS_ENDPOINT_URL_DYNAMODB'] ??
    env['AWS_ENDPOINT_URL'] ??
    `https://dynamodb.${region}.${suffix}`
  return { endpoint: new URL(address), region, credentials }
}

/**
 * The same requests as AWS's own client sends, over Node alone. That client is more than half of a function's code and of what
 * a cold start costs.
 */
export function signedWire(access: Access): Wire {
  const { send, close } = sender(access)
  return {
    putItem: async (input, signal) => outputOf(await send('PutItem', input, signal)),
    updateItem: async (input, signal) => outputOf(await send('UpdateItem', input, signal)),
    deleteItem: async (input, signal) => outputOf(await send('DeleteItem', input, signal)),
    getItem: async (input, signal) => outputOf(await send('GetItem', input, signal)),
    query: async (input, signal) => outputOf(await send('Query', input, signal)),
    scan: async (input, signal) => outputOf(await send('Scan', input, signal)),
    batchGetItem: async (input, signal) => outputOf(await send('BatchGetItem', input, signal)),
    close,
  }
}

type Sender = {
  readonly send: (operation: string, input: object, signal: AbortSignal) => Promise<Reply>
  readonly close: () => void
}

function sender({ endpoint, region, credentials }: Access): Sender {
  // Imported as a module, node:http makes Node load all of undici; and node:https is for those who use it.
  const { Agent, request } = process.getBuiltinModule(
    endpoint.protocol === 'https:' ? 'node:https' : 'node:http',
  )
  const agent = new Agent({ keepAlive: true })
  const send: Sender['send'] = (operation, input, signal) => {
    const body = JSON.stringify(inBase64(input))
    const headers = {
      host: endpoint.host,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
    }
    const signed = aws4.sign(
      { service: 'dynamodb', region, method: 'POST', path: '/', headers, body },
      { ...credentials },
    )
    const options = { method: 'POST', headers: { ...signed.headers }, agent, signal }
    return new Promise((resolve, reject) => {
      const asked = request(endpoint, options, (reply) => {
        const chunks: Buffer[] = []
        reply.on('data', (chunk: Buffer) => chunks.push(chunk))
        reply.on('error', reject)
        reply.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8')
          resolve({ status: reply.statusCode ?? 0, text })
        })
      })
      asked.on('error', reject)
      asked.end(body)
    })
  }
  return { send, close: () => agent.destroy() }
}

type Reply = { readonly status: number; readonly text: string }

type OutputOf<Operation extends Exclude<keyof Wire, 'close'>> = Awaited<ReturnType<Wire[Operation]>>
/** What any of the operations may give. */
type Output = OutputOf<'putItem'> &
  OutputOf<'updateItem'> &
  OutputOf<'deleteItem'> &
  OutputOf<'getItem'> &
  OutputOf<'query'> &
  OutputOf<'scan'> &
  OutputOf<'batchGetItem'>

/** The output of the operation that was asked for: DynamoDB's word is taken for its shape, as AWS's own client takes it. */
function outputOf({ status, text }: Reply): Output {
  if (status === 200) return JSON.parse(text, fromBase64)
  throw failureOf(status, text)
}

/** Bytes travel as base64. */
function inBase64(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (Array.isArray(value)) return value.map(inBase64)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inBase64(each)]))
}

/** An attribute of the name B is an object; only the value of bytes is a text. */
function fromBase64(name: string, value: unknown): unknown {
  return name === 'B' && typeof value === 'string' ? Buffer.from(value, 'base64') : value
}

/** In the shape in which AWS's own client throws it. */
function failureOf(status: number, text: string): Error {
  const { __type: type, message, Item } = fieldsIn(text)
  const name = typeof type === 'string' ? (type.split('#').at(-1) ?? '') : ''
  const words = typeof message === 'string' ? message : `DynamoDB answered ${status}`
  return Object.assign(new Error(words), { name, Item, $metadata: { httpStatusCode: status } })
}

/** The fields of an answer that says what went wrong; a server on its way down may send anything. */
function fieldsIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text, fromBase64)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
