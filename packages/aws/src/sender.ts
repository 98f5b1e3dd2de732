import type { Access } from './access.ts'
import { signed } from './signed.ts'

export type Reply = { readonly status: number; readonly text: string }

/** Sends requests to one service. Whoever asks reads the reply, whatever its status. */
export type Sender = {
  /** Rejects when nobody answers, or the signal ends it. */
  readonly send: (operation: string, body: string, signal: AbortSignal) => Promise<Reply>
  /** Lets go of the connections. */
  readonly close: () => void
}

/** How each service wants to be asked. */
const protocols = {
  dynamodb: { target: 'DynamoDB_20120810', type: 'application/x-amz-json-1.0' },
  kms: { target: 'TrentService', type: 'application/x-amz-json-1.1' },
} as const

/** Over Node alone, each request signed with SigV4. */
export function createSender(access: Access): Sender {
  const { endpoint } = access
  const { target, type } = protocols[access.service]
  // Imported as a module, node:http makes Node load all of undici; and node:https is for those who use it.
  const { Agent, request } = process.getBuiltinModule(
    endpoint.protocol === 'https:' ? 'node:https' : 'node:http',
  )
  const agent = new Agent({ keepAlive: true })
  const send: Sender['send'] = (operation, body, signal) => {
    const headers = { 'content-type': type, 'x-amz-target': `${target}.${operation}` }
    const asking = { method: 'POST', path: '/', headers, body }
    const options = { method: 'POST', headers: signed(access, asking).headers, agent, signal }
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

/** What a service answered in place of a result, in the shape in which AWS's own client throws it. */
export function failureOf({ status, text }: Reply, revive?: Revive): Error {
  const { __type: type, message, ...fields } = fieldsIn(text, revive)
  const name = typeof type === 'string' ? (type.split('#').at(-1) ?? '') : ''
  const words = typeof message === 'string' ? message : `The service answered ${status}`
  return Object.assign(new Error(words), { ...fields, name, $metadata: { httpStatusCode: status } })
}

/** As JSON.parse takes it. */
type Revive = (name: string, value: unknown) => unknown

/** The fields of an answer that says what went wrong; a server on its way down may send anything. */
function fieldsIn(text: string, revive?: Revive): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text, revive)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
