import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'
import type { Books } from '@writ/service'
import { partedBodies } from './bodies.ts'
import { connect, type StoreMetrics } from './connection.ts'
import { createRecords } from './records.ts'
import { defaultPatience, type Patience } from './retry.ts'
import { createScorecards } from './scorecards.ts'
import { sdkWire } from './sdk-wire.ts'
import { signedWire, type Access } from './signed-wire.ts'
import type { TableNames } from './tables.ts'
import { createWaivers } from './waivers.ts'
import type { Wire } from './wire.ts'

export type StoreOptions = {
  readonly tables: TableNames
  readonly metrics?: StoreMetrics
  readonly patience?: Patience
}

export type DynamoOptions = StoreOptions & {
  /** Region, endpoint, credentials: whatever the client takes. */
  readonly client: DynamoDBClientConfig
}

/** Every store port on DynamoDB tables. */
export type DynamoStore = Books & {
  /** Lets go of the connections. What is under way fails. */
  readonly close: () => void
}

/** Over AWS's own client. Nothing is asked of DynamoDB until a port is called. */
export function openDynamoStore({ client, ...options }: DynamoOptions): DynamoStore {
  return openOver(sdkWire(client), options)
}

/** The same store without AWS's client: for a function, which has its credentials in its environment and must start soon. */
export function openSignedDynamoStore(access: Access, options: StoreOptions): DynamoStore {
  return openOver(signedWire(access), options)
}

function openOver(wire: Wire, options: StoreOptions): DynamoStore {
  const { tables, metrics = unmeasured, patience = defaultPatience } = options
  const timing = { clock: () => performance.now(), draw: () => Math.random(), patience }
  const connection = connect({ wire, tables, metrics, timing })
  return {
    records: createRecords(connection, partedBodies),
    waivers: createWaivers(connection, partedBodies),
    scorecards: createScorecards(connection),
    close: connection.close,
  }
}

const unmeasured: StoreMetrics = { consumed: () => {} }
