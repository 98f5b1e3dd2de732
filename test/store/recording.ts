import { AsyncLocalStorage } from 'node:async_hooks'
import { request as send, type IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type { DynamoOptions, Operation, PortMethod, TableName } from '@writ/dynamo'

/** What was sent while a method of a port ran: `PutItem records`, `Query records newest`. */
export type Recording = {
  readonly sent: ReadonlyMap<string, ReadonlySet<string>>
  /** The attributes that changes of a record have named. */
  readonly changed: ReadonlySet<string>
  /** Hands a request to the network unless it is to fail. */
  readonly handler: NonNullable<DynamoOptions['client']['requestHandler']>
  /** The same store; each call of a method of its ports is known to be of it. */
  readonly named: <Store extends object>(store: Store) => Store
  /** From now on, requests of which this is true never arrive. */
  failWhere: (sent: string) => boolean
  /** From now on, replies to requests of which this is true say that there is nothing: as an index does that lags. */
  emptyWhere: (sent: string) => boolean
}

export function createRecording(): Recording {
  const sent = new Map<string, Set<string>>()
  const changed = new Set<string>()
  const method = new AsyncLocalStorage<PortMethod>()
  const recording: Recording = {
    sent,
    changed,
    named: (store) => namedStore(store, (name, call) => method.run(name, call)),
    failWhere: () => false,
    emptyWhere: () => false,
    handler: {
      handle: async (request: Outgoing) => {
        const words = wordsOf(request)
        if (words === 'UpdateItem records') namesIn(request).forEach((name) => changed.add(name))
        const name = method.getStore()
        if (name !== undefined) sent.set(name, (sent.get(name) ?? new Set()).add(words))
        if (recording.failWhere(words)) throw new Error(`simulated loss of ${words}`)
        return { response: recording.emptyWhere(words) ? nothing() : await passOn(request) }
      },
    },
  }
  return recording
}

export function wordsOfOperation({ action, table, index }: Omit<Operation, 'attributes'>): string {
  return index === null ? `${action} ${table}` : `${action} ${table} ${index}`
}

type Outgoing = {
  readonly hostname: string
  readonly port?: number
  readonly path: string
  readonly method: string
  readonly headers: Record<string, string>
  readonly body: Uint8Array
}

/** A table of tests is called `writ-<process>-<number>-<table>`. */
function wordsOf({ headers, body }: Outgoing): string {
  const action = (headers['x-amz-target'] ?? '').split('.')[1] as Operation['action']
  const {
    TableName = '',
    IndexName,
    RequestItems = {},
  } = JSON.parse(Buffer.from(body).toString('utf8'))
  const name: string = action === 'BatchGetItem' ? (Object.keys(RequestItems)[0] ?? '') : TableName
  const table = (name.split('-').at(-1) ?? '') as TableName
  return wordsOfOperation({ action, table, index: IndexName ?? null })
}

/** The attributes that a change names: its key, and whatever its expressions stand for. */
function namesIn({ body }: Outgoing): readonly string[] {
  const { Key, ExpressionAttributeNames } = JSON.parse(Buffer.from(body).toString('utf8'))
  return [...Object.keys(Key), ...Object.values<string>(ExpressionAttributeNames)]
}

function passOn({ hostname, port, path, method, headers, body }: Outgoing): Promise<object> {
  return new Promise((resolve, reject) => {
    const request = send({ hostname, port, path, method, headers }, (body: IncomingMessage) =>
      resolve({ statusCode: body.statusCode, headers: body.headers, body }),
    )
    request.on('error', reject)
    request.end(body)
  })
}

function nothing(): object {
  const headers = { 'content-type': 'application/x-amz-json-1.0' }
  return {
    statusCode: 200,
    headers,
    body: Readable.from([Buffer.from('{"Items":[],"Responses":{}}')]),
  }
}

type Run = <Out>(method: PortMethod, call: () => Out) => Out

function namedStore<Store extends object>(store: Store, run: Run): Store {
  const named = Object.entries(store).map(([port, methods]) => [
    port,
    typeof methods === 'function' ? methods : namedPort(port, methods, run),
  ])
  return Object.fromEntries(named)
}

function namedPort(port: string, methods: object, run: Run): object {
  const named = Object.entries(methods).map(([name, method]) => [
    name,
    (...given: readonly unknown[]) =>
      run(`${port}.${name}` as PortMethod, () => Reflect.apply(method, methods, given)),
  ])
  return Object.fromEntries(named)
}
