import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'
import type { Books } from '@writ/service'
import { partedBodies } from './bodies.ts'
import { connect, type StoreMetrics } from './connection.ts'
import { createRecords } from './records.ts'
import { defaultPatience, type Patience } from './retry.ts'
import { createScorecards } from './scorecards.ts'
import type { TableNames } from './tables.ts'
import { createWaivers } from './waivers.ts'

export type DynamoOptions = {
  /** Region, endpoint, credentials: whatever the client takes. Its own retries are off, whatever this says. */
  readonly client: DynamoDBClientConfig
  readonly tables: TableNames
  readonly metrics?: StoreMetrics
  readonly patience?: Patience
}

/** Every store port on DynamoDB tables. */
export type DynamoStore = Books & {
  /** Lets go of the connections. What is under way fails. */
  readonly close: () => void
}

/** Nothing is asked of DynamoDB until a port is called. */
export function openDynamoStore(options: DynamoOptions): DynamoStore {
  const { client, tables, metrics = unmeasured, patience = defaultPatience } = options
  const timing = { clock: () => performance.now(), draw: () => Math.random(), patience }
  const connection = connect({ client, tables, metrics, timing })
  return {
    records: createRecords(connection, partedBodies),
    waivers: createWaivers(connection, partedBodies),
    scorecards: createScorecards(connection),
    close: connection.close,
  }
}

const unmeasured: StoreMetrics = { consumed: () => {} }
