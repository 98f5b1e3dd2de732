import type { AddressInfo } from 'node:net'
import {
  accessIn,
  createTables,
  openDynamoStore,
  openSignedDynamoStore,
  tableNames,
  type Access,
  type DynamoOptions,
  type DynamoStore,
} from '@writ/dynamo'
import dynalite from 'dynalite'

export type Client = DynamoOptions['client']

/** How a client finds a DynamoDB on this machine, which believes whatever it is told of who asks. */
export function clientOf(endpoint: string): Client {
  return {
    endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  }
}

/** A machine that also does other things gets more time than a region of AWS. */
const patience = { call: 60_000, attempt: 10_000 }

let opened = 0

/** Opens a store over tables that nobody else uses; they are made at the endpoint itself, whatever the client is like. */
export async function freshStore(
  endpoint: string,
  over: Partial<DynamoOptions> = {},
): Promise<DynamoStore> {
  opened += 1
  const tables = tableNames(`writ-${process.pid}-${opened}`)
  await createTables(clientOf(endpoint), tables)
  return openDynamoStore({ client: clientOf(endpoint), tables, patience, ...over })
}

/** The same without AWS's client, as the functions open it. */
export async function freshSignedStore(endpoint: string, asked = endpoint): Promise<DynamoStore> {
  opened += 1
  const tables = tableNames(`writ-${process.pid}-${opened}`)
  await createTables(clientOf(endpoint), tables)
  return openSignedDynamoStore(accessOf(asked), { tables, patience })
}

/** As a function's environment would tell it. */
export function accessOf(endpoint: string): Access {
  return accessIn({
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
  })
}

export type Running = { readonly endpoint: string; readonly stop: () => Promise<void> }

export async function startDynalite(port = 0): Promise<Running> {
  const server = dynalite({ createTableMs: 0 })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address: AddressInfo | string | null = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('dynalite did not listen')
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
