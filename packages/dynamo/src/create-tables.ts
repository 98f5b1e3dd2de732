import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  UpdateTableCommand,
  type CreateTableCommandInput,
  type DynamoDBClientConfig,
} from '@aws-sdk/client-dynamodb'
import { setTimeout as sleep } from 'node:timers/promises'
import { storeFault } from './store-fault.ts'
import {
  tables,
  type IndexDefinition,
  type Key,
  type TableDefinition,
  type TableName,
  type TableNames,
} from './tables.ts'

/**
 * Makes the tables that are missing and the indexes that a table lacks, and waits until each can be used; gives the names of
 * what it made.
 */
export async function createTables(
  config: DynamoDBClientConfig,
  names: TableNames,
): Promise<readonly string[]> {
  const client = new DynamoDBClient(config)
  const made: string[] = []
  try {
    for (const table of tableKinds) {
      if (await createTable(client, createInput(names[table], tables[table])))
        made.push(names[table])
      await untilActive(client, names[table])
      for (const index of (await missingIndexes(client, names[table], tables[table])) ?? []) {
        await createIndex(client, names[table], { ...tables[table], index })
        await untilActive(client, names[table])
        made.push(indexName(names[table], index))
      }
    }
    return made
  } catch (thrown) {
    throw storeFault(thrown)
  } finally {
    client.destroy()
  }
}

/** The tables and indexes that are not there. Throws the Fault `records-unavailable` when nobody answers. */
export async function missingTables(
  config: DynamoDBClientConfig,
  names: TableNames,
): Promise<readonly string[]> {
  const client = new DynamoDBClient(config)
  const missing: string[] = []
  try {
    for (const table of tableKinds) {
      const lacking = await missingIndexes(client, names[table], tables[table])
      if (lacking === null) missing.push(names[table])
      else missing.push(...lacking.map((index) => indexName(names[table], index)))
    }
    return missing
  } catch (thrown) {
    throw storeFault(thrown)
  } finally {
    client.destroy()
  }
}

/** The indexes that the table lacks; null when it is not there itself. */
async function missingIndexes(
  client: DynamoDBClient,
  name: string,
  { indexes }: TableDefinition,
): Promise<readonly string[] | null> {
  try {
    const abortSignal = AbortSignal.timeout(answersWithin)
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }), {
      abortSignal,
    })
    const there = new Set(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName))
    return Object.keys(indexes).filter((index) => !there.has(index))
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'ResourceNotFoundException') return null
    throw thrown
  }
}

function indexName(table: string, index: string): string {
  return `${table} (index ${index})`
}

const answersWithin = 5000

const tableKinds: readonly TableName[] = [
  'records',
  'bodies',
  'waivers',
  'scorecards',
  'log',
  'signed',
]

/** False when the table stands already. */
async function createTable(
  client: DynamoDBClient,
  input: CreateTableCommandInput,
): Promise<boolean> {
  try {
    await client.send(new CreateTableCommand(input))
    return true
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'ResourceInUseException') return false
    throw thrown
  }
}

/** A table takes one new index at a time. */
async function createIndex(
  client: DynamoDBClient,
  name: string,
  { attributes, indexes, index }: TableDefinition & { readonly index: string },
): Promise<void> {
  const definition = indexes[index]
  if (definition === undefined) return
  await client.send(
    new UpdateTableCommand({
      TableName: name,
      AttributeDefinitions: definitionsOf(attributes).filter(({ AttributeName }) =>
        [definition.partition, definition.sort].includes(AttributeName),
      ),
      GlobalSecondaryIndexUpdates: [{ Create: globalIndex(index, definition) }],
    }),
  )
}

function globalIndex(index: string, { projected, ...key }: IndexDefinition) {
  return {
    IndexName: index,
    KeySchema: keySchema(key),
    Projection:
      projected === 'keys'
        ? { ProjectionType: 'KEYS_ONLY' as const }
        : { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: [...projected] },
  }
}

function definitionsOf(attributes: TableDefinition['attributes']) {
  return Object.entries(attributes).map(([AttributeName, AttributeType]) => ({
    AttributeName,
    AttributeType,
  }))
}

function createInput(
  name: string,
  { attributes, key, indexes, stream }: TableDefinition,
): CreateTableCommandInput {
  const globals = Object.entries(indexes).map(([index, each]) => globalIndex(index, each))
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: definitionsOf(attributes),
    KeySchema: keySchema(key),
    ...(globals.length === 0 ? {} : { GlobalSecondaryIndexes: globals }),
    ...(stream === null ? {} : { StreamSpecification: streamOf(stream) }),
  }
}

function keySchema({ partition, sort }: Key): NonNullable<CreateTableCommandInput['KeySchema']> {
  const range = sort === null ? [] : [{ AttributeName: sort, KeyType: 'RANGE' as const }]
  return [{ AttributeName: partition, KeyType: 'HASH' }, ...range]
}

function streamOf(
  stream: 'new-image' | 'keys',
): NonNullable<CreateTableCommandInput['StreamSpecification']> {
  return { StreamEnabled: true, StreamViewType: stream === 'keys' ? 'KEYS_ONLY' : 'NEW_IMAGE' }
}

const attempts = 120

async function untilActive(client: DynamoDBClient, name: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }))
    const indexes = Table?.GlobalSecondaryIndexes ?? []
    const states = [Table?.TableStatus, ...indexes.map(({ IndexStatus }) => IndexStatus)]
    if (states.every((state) => state === 'ACTIVE')) return
    if (attempt === attempts) throw new Error(`the table ${name} did not become active`)
    await sleep(Math.min(1000, 10 * attempt))
  }
}
