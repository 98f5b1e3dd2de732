import { AsyncLocalStorage } from 'node:async_hooks'
import { request as send, type IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type { DynamoOptions, Operation, PortMethod, TableName } from '@writ/dynamo'
import type { Books } from '@writ/service'

/** What was sent while a method of a port ran: `PutItem records`, `Query records newest`. */
export type Recording = {
  readonly sent: ReadonlyMap<string, ReadonlySet<string>>
  /** Hands a request to the network unless it is to fail. */
  readonly handler: NonNullable<DynamoOptions['client']['requestHandler']>
  /** The same books; each call of a method is known to be of it. */
  readonly named: (books: Books) => Books
  /** From now on, requests of which this is true never arrive. */
  failWhere: (sent: string) => boolean
  /** From now on, replies to requests of which this is true say that there is nothing: as an index does that lags. */
  emptyWhere: (sent: string) => boolean
}

export function createRecording(): Recording {
  const sent = new Map<string, Set<string>>()
  const method = new AsyncLocalStorage<PortMethod>()
  const recording: Recording = {
    sent,
    named: (books) => namedBooks(books, (name, call) => method.run(name, call)),
    failWhere: () => false,
    emptyWhere: () => false,
    handler: {
      handle: async (request: Outgoing) => {
        const words = wordsOf(request)
        const name = method.getStore()
        if (name !== undefined) sent.set(name, (sent.get(name) ?? new Set()).add(words))
        if (recording.failWhere(words)) throw new Error(`simulated loss of ${words}`)
        return { response: recording.emptyWhere(words) ? nothing() : await passOn(request) }
      },
    },
  }
  return recording
}

export function wordsOfOperation({ action, table, index }: Operation): string {
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

function namedBooks({ records, waivers, scorecards }: Books, run: Run): Books {
  return {
    records: {
      append: (entry) => run('records.append', () => records.append(entry)),
      get: (tenant, id) => run('records.get', () => records.get(tenant, id)),
      list: (tenant, query) => run('records.list', () => records.list(tenant, query)),
    },
    waivers: {
      put: (waiver, entry) => run('waivers.put', () => waivers.put(waiver, entry)),
      get: (tenant, id) => run('waivers.get', () => waivers.get(tenant, id)),
      find: (tenant, about) => run('waivers.find', () => waivers.find(tenant, about)),
      list: (tenant, limit) => run('waivers.list', () => waivers.list(tenant, limit)),
    },
    scorecards: {
      stale: (limit) => run('scorecards.stale', () => scorecards.stale(limit)),
      save: (stale, card) => run('scorecards.save', () => scorecards.save(stale, card)),
      get: (tenant, entity) => run('scorecards.get', () => scorecards.get(tenant, entity)),
      list: (tenant, limit) => run('scorecards.list', () => scorecards.list(tenant, limit)),
    },
  }
}
