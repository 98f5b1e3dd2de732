import { createSender, failureOf, type Access, type Reply } from '@writ/aws'
import type { Wire } from './wire.ts'

/**
 * The same requests as AWS's own client sends, over Node alone. That client is more than half of a function's code and of what
 * a cold start costs.
 */
export function signedWire(access: Access): Wire {
  const sender = createSender(access)
  const send = (operation: string, input: object, signal: AbortSignal): Promise<Reply> =>
    sender.send(operation, JSON.stringify(inBase64(input)), signal)
  return {
    putItem: async (input, signal) => outputOf(await send('PutItem', input, signal)),
    updateItem: async (input, signal) => outputOf(await send('UpdateItem', input, signal)),
    deleteItem: async (input, signal) => outputOf(await send('DeleteItem', input, signal)),
    getItem: async (input, signal) => outputOf(await send('GetItem', input, signal)),
    query: async (input, signal) => outputOf(await send('Query', input, signal)),
    scan: async (input, signal) => outputOf(await send('Scan', input, signal)),
    batchGetItem: async (input, signal) => outputOf(await send('BatchGetItem', input, signal)),
    close: sender.close,
  }
}

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
  throw failureOf({ status, text }, fromBase64)
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
