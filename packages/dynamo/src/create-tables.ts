import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  type CreateTableCommandInput,
  type DynamoDBClientConfig,
} from '@aws-sdk/client-dynamodb'
import { setTimeout as sleep } from 'node:timers/promises'
import { storeFault } from './store-fault.ts'
import {
  tables,
  type Key,
  type TableDefinition,
  type TableName,
  type TableNames,
} from './tables.ts'

/** Makes the tables that are missing, and waits until each can be used; gives the names of those that it made. */
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
    }
    return made
  } catch (thrown) {
    throw storeFault(thrown)
  } finally {
    client.destroy()
  }
}

/** The tables that are not there. Throws the Fault `records-unavailable` when nobody answers. */
export async function missingTables(
  config: DynamoDBClientConfig,
  names: TableNames,
): Promise<readonly string[]> {
  const client = new DynamoDBClient(config)
  const missing: string[] = []
  try {
    for (const table of tableKinds)
      if (!(await isThere(client, names[table]))) missing.push(names[table])
    return missing
  } catch (thrown) {
    throw storeFault(thrown)
  } finally {
    client.destroy()
  }
}

async function isThere(client: DynamoDBClient, name: string): Promise<boolean> {
  try {
    const abortSignal = AbortSignal.timeout(answersWithin)
    await client.send(new DescribeTableCommand({ TableName: name }), { abortSignal })
    return true
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'ResourceNotFoundException') return false
    throw thrown
  }
}

const answersWithin = 5000

const tableKinds: readonly TableName[] = ['records', 'bodies', 'waivers', 'scorecards']

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

function createInput(
  name: string,
  { attributes, key, indexes, stream }: TableDefinition,
): CreateTableCommandInput {
  const globals = Object.entries(indexes).map(([index, { projected, ...indexKey }]) => ({
    IndexName: index,
    KeySchema: [...keySchema(indexKey)],
    Projection:
      projected === 'keys'
        ? { ProjectionType: 'KEYS_ONLY' as const }
        : { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: [...projected] },
  }))
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: Object.entries(attributes).map(([AttributeName, AttributeType]) => ({
      AttributeName,
      AttributeType,
    })),
    KeySchema: [...keySchema(key)],
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
