import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'
import type { Access } from '@writ/aws'
import type { Books, LogStore, SignerMemory } from '@writ/service'
import { createAudit, type DynamoAudit } from './audit/books.ts'
import { partedBodies } from './bodies.ts'
import { connect, type Connection, type StoreMetrics } from './connection.ts'
import { createLogStore } from './log/log-store.ts'
import { createMemory } from './log/memory.ts'
import { createRecords } from './records.ts'
import { defaultPatience, type Patience } from './retry.ts'
import { createScorecards } from './scorecards.ts'
import { sdkWire } from './sdk-wire.ts'
import { signedWire } from './signed-wire.ts'
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

type Closing = {
  /** Lets go of the connections. What is under way fails. */
  readonly close: () => void
}

/** Every port of the books on DynamoDB tables. */
export type DynamoStore = Books & Closing

/** The log that is sealed over them, and what its signer remembers. */
export type DynamoLog = Closing & { readonly log: LogStore; readonly memory: SignerMemory }

/** All of it over AWS's own client. Nothing is asked of DynamoDB until a port is called. */
export function openDynamoStore({
  client,
  ...options
}: DynamoOptions): DynamoStore & DynamoLog & DynamoAudit {
  const connection = connectOver(sdkWire(client), options)
  const log = createLogStore(connection)
  return {
    ...booksOver(connection),
    ...createAudit(connection, log),
    log,
    memory: createMemory(connection),
  }
}

/** How to ask a DynamoDB of one's own: it believes whatever it is told of who asks. */
export function ownClient(endpoint: string): DynamoDBClientConfig {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  return { endpoint, region: 'local', credentials }
}

/** The books without AWS's client: for a function, which has its credentials in its environment and must start soon. */
export function openSignedDynamoStore(access: Access, options: StoreOptions): DynamoStore {
  return booksOver(connectOver(signedWire(access), options))
}

/** The log in the same way, for a function that seals: those that do not are built without it. */
export function openSignedDynamoLog(access: Access, options: StoreOptions): DynamoLog {
  const connection = connectOver(signedWire(access), options)
  return {
    log: createLogStore(connection),
    memory: createMemory(connection),
    close: connection.close,
  }
}

function connectOver(wire: Wire, options: StoreOptions): Connection {
  const { tables, metrics = unmeasured, patience = defaultPatience } = options
  const timing = { clock: () => process.uptime() * 1000, draw: () => Math.random(), patience }
  return connect({ wire, tables, metrics, timing })
}

function booksOver(connection: Connection): DynamoStore {
  return {
    records: createRecords(connection, partedBodies),
    waivers: createWaivers(connection, partedBodies),
    scorecards: createScorecards(connection),
    close: connection.close,
  }
}

const unmeasured: StoreMetrics = { consumed: () => {} }
