import type {
  BatchGetItemCommandInput,
  ConsumedCapacity,
  DeleteItemCommandInput,
  GetItemCommandInput,
  PutItemCommandInput,
  QueryCommandInput,
  ScanCommandInput,
  UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb'
import type { Item } from './item.ts'
import { startDeadline, type Deadline, type Timing } from './retry.ts'
import { failingOf, storeFault } from './store-fault.ts'
import type { TableName, TableNames } from './tables.ts'
import type { Wire } from './wire.ts'

/** What the store used: a port, so that each place can report it in its own way. */
export type StoreMetrics = {
  readonly consumed: (use: CapacityUse) => void
}

/** Capacity as DynamoDB reports it: request units, half ones too. */
export type CapacityUse = {
  readonly table: TableName
  readonly kind: 'read' | 'write'
  readonly units: number
}

type For<Input> = Omit<Input, 'TableName' | 'ReturnConsumedCapacity'>

export type Queried = { readonly items: readonly Item[]; readonly more: Item | undefined }

/** The requests of one call of a port: they share its time. */
export type Session = {
  /** Puts the item, or gives what stands in its place when the condition does not hold; null when it was put. */
  readonly put: (table: TableName, input: For<PutItemCommandInput>) => Promise<Standing>
  /** Changes the item; false when the condition does not hold. */
  readonly update: (table: TableName, input: For<UpdateItemCommandInput>) => Promise<boolean>
  /** Takes the item away; one that is not there is no mistake. */
  readonly remove: (table: TableName, key: Item) => Promise<void>
  /** Consistently. */
  readonly get: (table: TableName, key: Item) => Promise<Item | null>
  readonly query: (table: TableName, input: For<QueryCommandInput>) => Promise<Queried>
  readonly scan: (table: TableName, input: For<ScanCommandInput>) => Promise<Queried>
  /** Consistently; those that are there, in no order. */
  readonly getAll: (table: TableName, keys: readonly Item[]) => Promise<readonly Item[]>
}

/** `item` is undefined where the server does not say what stands. */
export type Standing = { readonly item: Item | undefined } | null

export type Connection = {
  /** For one call of a port; for so long as patience has it, or for no longer than one attempt. */
  readonly session: (length?: 'call' | 'attempt') => Session
  readonly close: () => void
}

export type ConnectionParts = {
  readonly wire: Wire
  readonly tables: TableNames
  readonly metrics: StoreMetrics
  readonly timing: Timing
}

type Ask = { readonly deadline: Deadline } & Omit<ConnectionParts, 'timing'>

/** Retries are made here, where it is known how much time is left, and what a lost reply means. */
export function connect({ wire, tables, metrics, timing }: ConnectionParts): Connection {
  return {
    session: (length = 'call') => {
      const ask: Ask = { wire, deadline: startDeadline(timing, length), tables, metrics }
      return {
        put: (table, input) => failing(put(ask, table, input)),
        update: (table, input) => failing(update(ask, table, input)),
        remove: (table, key) => failing(remove(ask, table, { Key: { ...key } })),
        get: (table, key) => failing(get(ask, table, { Key: { ...key }, ConsistentRead: true })),
        query: (table, input) => failing(query(ask, table, input)),
        scan: (table, input) => failing(scan(ask, table, input)),
        getAll: (table, keys) => failing(getAll(ask, table, keys)),
      }
    },
    close: wire.close,
  }
}

/** Whoever uses a session sees Faults only. */
async function failing<Out>(asked: Promise<Out>): Promise<Out> {
  try {
    return await asked
  } catch (thrown) {
    throw storeFault(thrown)
  }
}

const capacity = { ReturnConsumedCapacity: 'TOTAL' } as const

async function put(
  { wire, deadline, tables, metrics }: Ask,
  table: TableName,
  input: For<PutItemCommandInput>,
): Promise<Standing> {
  const full = { ...input, ...capacity, TableName: tables[table] }
  try {
    const { ConsumedCapacity } = await deadline.ask((signal) => wire.putItem(full, signal))
    report(metrics, { table, kind: 'write' }, ConsumedCapacity)
    return null
  } catch (thrown) {
    if (failingOf(thrown) !== 'condition') throw thrown
    return { item: itemIn(thrown) }
  }
}

/** What stands, as a failed condition tells it. Not every server does. */
function itemIn(thrown: unknown): Item | undefined {
  return isConditionFailure(thrown) ? thrown.Item : undefined
}

function isConditionFailure(thrown: unknown): thrown is { readonly Item: Item | undefined } {
  return failingOf(thrown) === 'condition' && thrown instanceof Error && 'Item' in thrown
}

async function update(
  { wire, deadline, tables, metrics }: Ask,
  table: TableName,
  input: For<UpdateItemCommandInput>,
): Promise<boolean> {
  const full = { ...input, ...capacity, TableName: tables[table] }
  try {
    const { ConsumedCapacity } = await deadline.ask((signal) => wire.updateItem(full, signal))
    report(metrics, { table, kind: 'write' }, ConsumedCapacity)
    return true
  } catch (thrown) {
    if (failingOf(thrown) === 'condition') return false
    throw thrown
  }
}

async function remove(
  { wire, deadline, tables, metrics }: Ask,
  table: TableName,
  input: For<DeleteItemCommandInput>,
): Promise<void> {
  const full = { ...input, ...capacity, TableName: tables[table] }
  const { ConsumedCapacity } = await deadline.ask((signal) => wire.deleteItem(full, signal))
  report(metrics, { table, kind: 'write' }, ConsumedCapacity)
}

async function get(
  { wire, deadline, tables, metrics }: Ask,
  table: TableName,
  input: For<GetItemCommandInput>,
): Promise<Item | null> {
  const full = { ...input, ...capacity, TableName: tables[table] }
  const { Item, ConsumedCapacity } = await deadline.ask((signal) => wire.getItem(full, signal))
  report(metrics, { table, kind: 'read' }, ConsumedCapacity)
  return Item ?? null
}

async function query(
  { wire, deadline, ...rest }: Ask,
  table: TableName,
  input: For<QueryCommandInput>,
): Promise<Queried> {
  const full = { ...input, ...capacity, TableName: rest.tables[table] }
  return queried(rest.metrics, table, await deadline.ask((signal) => wire.query(full, signal)))
}

async function scan(
  { wire, deadline, ...rest }: Ask,
  table: TableName,
  input: For<ScanCommandInput>,
): Promise<Queried> {
  const full = { ...input, ...capacity, TableName: rest.tables[table] }
  return queried(rest.metrics, table, await deadline.ask((signal) => wire.scan(full, signal)))
}

function queried(
  metrics: StoreMetrics,
  table: TableName,
  { Items, LastEvaluatedKey, ConsumedCapacity }: Awaited<ReturnType<Wire['query']>>,
): Queried {
  report(metrics, { table, kind: 'read' }, ConsumedCapacity)
  return { items: Items ?? [], more: LastEvaluatedKey }
}

/** The most keys of one batch. */
const batch = 100

async function getAll(ask: Ask, table: TableName, keys: readonly Item[]): Promise<readonly Item[]> {
  const found: Item[] = []
  for (let at = 0; at < keys.length; at += batch)
    found.push(...(await getBatch(ask, table, keys.slice(at, at + batch))))
  return found
}

/** Asks again for what was left unprocessed, which is how a batch is throttled. */
async function getBatch(
  { wire, deadline, tables, metrics }: Ask,
  table: TableName,
  keys: readonly Item[],
): Promise<readonly Item[]> {
  const found: Item[] = []
  let wanted: BatchGetItemCommandInput['RequestItems'] = {
    [tables[table]]: { Keys: [...keys], ConsistentRead: true },
  }
  for (let failed = 0; ; failed += 1) {
    const full: BatchGetItemCommandInput = { ...capacity, RequestItems: wanted }
    const { Responses, UnprocessedKeys, ConsumedCapacity } = await deadline.ask((signal) =>
      wire.batchGetItem(full, signal),
    )
    report(metrics, { table, kind: 'read' }, ...(ConsumedCapacity ?? []))
    found.push(...(Responses?.[tables[table]] ?? []))
    wanted = UnprocessedKeys
    if (wanted === undefined || Object.keys(wanted).length === 0) return found
    await deadline.pause(failed)
  }
}

function report(
  { consumed }: StoreMetrics,
  use: Omit<CapacityUse, 'units'>,
  ...capacities: readonly (ConsumedCapacity | undefined)[]
): void {
  for (const capacity of capacities)
    if (capacity?.CapacityUnits !== undefined) consumed({ ...use, units: capacity.CapacityUnits })
}
