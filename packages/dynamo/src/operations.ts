import type { TableName } from './tables.ts'

/** One thing that is asked of a table, or of one of its indexes, by the name under which IAM permits it. */
export type Operation = {
  readonly action:
    'BatchGetItem' | 'DeleteItem' | 'GetItem' | 'PutItem' | 'Query' | 'Scan' | 'UpdateItem'
  readonly table: TableName
  readonly index: string | null
  /** The only attributes that a change names, its key among them; null where it may name any. */
  readonly attributes: readonly string[] | null
}

export type PortMethod =
  | `records.${'append' | 'erase' | 'get' | 'list'}`
  | `waivers.${'put' | 'get' | 'find' | 'list'}`
  | `scorecards.${'stale' | 'save' | 'get' | 'list'}`
  | `log.${'head' | 'swapHead' | 'pending' | 'unsealed' | 'putStage' | 'stage' | 'dropStages'}`
  | `log.${'putFiles' | 'file' | 'dropPartials' | 'checkpoint' | 'publish' | 'place' | 'mark'}`
  | `memory.${'last' | 'keep'}`

function on(table: TableName, ...actions: readonly Operation['action'][]): readonly Operation[] {
  return actions.map((action) => ({ action, table, index: null, attributes: null }))
}

function through(table: TableName, ...indexes: readonly string[]): readonly Operation[] {
  return indexes.map((index) => ({ action: 'Query', table, index, attributes: null }))
}

/** A record that stands keeps its leaf for good. Whoever marks it, or erases its body, can change this of it and nothing else. */
function changing(...attributes: readonly string[]): readonly Operation[] {
  return [
    { action: 'UpdateItem', table: 'records', index: null, attributes: ['key', ...attributes] },
  ]
}

const erased = ['facets', 'request_digest', 'size', 'salt_length', 'salt', 'content', 'by_actor']

/** Of a waiver whose entry lies in it: the entry is put, and taken out. */
const settling: readonly Operation[] = [...on('records', 'PutItem'), ...on('waivers', 'UpdateItem')]

/** What each method of the ports asks of DynamoDB: all of it, and nothing else. A test compares it with what is sent. */
export const operations: Readonly<Record<PortMethod, readonly Operation[]>> = {
  'records.append': [...on('records', 'PutItem', 'GetItem'), ...on('bodies', 'PutItem', 'Query')],
  'records.erase': [
    ...on('records', 'PutItem', 'GetItem'),
    ...changing(...erased),
    ...on('bodies', 'Query', 'DeleteItem'), // an erasure is small: its own body lies in its item
  ],
  'records.get': [...on('records', 'GetItem'), ...on('bodies', 'Query')],
  'records.list': [
    ...through('records', 'newest', 'service', 'resource', 'actor', 'correlation', 'findings'),
    ...on('records', 'BatchGetItem'),
    ...on('bodies', 'Query'),
  ],
  'waivers.put': [
    ...on('waivers', 'PutItem', 'GetItem', 'UpdateItem'),
    ...on('records', 'PutItem', 'GetItem'),
    ...on('bodies', 'PutItem', 'Query'),
  ],
  'waivers.get': [...on('waivers', 'GetItem'), ...settling],
  'waivers.find': [...on('waivers', 'Query'), ...settling],
  'waivers.list': [...through('waivers', 'granted'), ...on('waivers', 'BatchGetItem'), ...settling],
  'scorecards.stale': [
    ...through('records', 'unfolded', 'service'),
    ...on('records', 'BatchGetItem'),
    ...changing('by_unfolded'),
    ...on('scorecards', 'GetItem', 'UpdateItem', 'BatchGetItem'),
    ...through('scorecards', 'stale'),
  ],
  'scorecards.save': on('scorecards', 'UpdateItem', 'GetItem'),
  'scorecards.get': on('scorecards', 'GetItem'),
  'scorecards.list': [...through('scorecards', 'named'), ...on('scorecards', 'BatchGetItem')],
  'log.head': on('log', 'GetItem'),
  'log.swapHead': on('log', 'PutItem', 'GetItem'),
  'log.pending': [
    ...through('records', 'unsealed'),
    ...on('records', 'Scan'),
    ...on('log', 'GetItem', 'PutItem'),
  ],
  'log.unsealed': on('records', 'BatchGetItem'),
  'log.putStage': on('log', 'PutItem'),
  'log.stage': on('log', 'Query'),
  'log.dropStages': on('log', 'Query', 'DeleteItem'),
  'log.putFiles': on('log', 'PutItem', 'GetItem'),
  'log.file': on('log', 'Query'),
  'log.dropPartials': on('log', 'Query', 'DeleteItem'),
  'log.checkpoint': on('log', 'GetItem'),
  'log.publish': on('log', 'PutItem'),
  'log.place': on('records', 'GetItem'),
  'log.mark': [
    ...on('records', 'BatchGetItem'),
    ...changing('sealed', 'by_unsealed'),
    ...on('log', 'GetItem', 'PutItem'),
  ],
  'memory.last': on('signed', 'GetItem'),
  'memory.keep': on('signed', 'PutItem'),
}
