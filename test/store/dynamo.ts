import type { AddressInfo } from 'node:net'
import { accessIn, type Access } from '@writ/aws'
import {
  createTables,
  openDynamoStore,
  openSignedDynamoLog,
  openSignedDynamoStore,
  tableNames,
  type DynamoLog,
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
): Promise<DynamoStore & DynamoLog> {
  opened += 1
  const { tables = tableNames(`writ-${process.pid}-${opened}`) } = over
  await createTables(clientOf(endpoint), tables)
  return openDynamoStore({ client: clientOf(endpoint), patience, ...over, tables })
}

/** The same without AWS's client, as the functions open it. */
export async function freshSignedStore(
  endpoint: string,
  asked = endpoint,
): Promise<DynamoStore & DynamoLog> {
  opened += 1
  const tables = tableNames(`writ-${process.pid}-${opened}`)
  await createTables(clientOf(endpoint), tables)
  const store = openSignedDynamoStore(accessOf(asked), { tables, patience })
  const { log, memory, close } = openSignedDynamoLog(accessOf(asked), { tables, patience })
  return {
    ...store,
    log,
    memory,
    close: () => {
      store.close()
      close()
    },
  }
}

/** As a function's environment would tell it. */
export function accessOf(endpoint: string): Access {
  return accessIn('dynamodb', {
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

/** One request of DynamoDB's own protocol, on a machine that believes whoever asks. */
export async function askDynamo(
  endpoint: string,
  operation: string,
  input: object,
): Promise<{ readonly Items?: readonly object[] }> {
  const headers = {
    'x-amz-target': `DynamoDB_20120810.${operation}`,
    'content-type': 'application/x-amz-json-1.0',
    authorization:
      'AWS4-HMAC-SHA256 Credential=local/20261129/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    'x-amz-date': '20261129T000000Z',
  }
  const response = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify(input) })
  if (!response.ok) throw new Error(`${operation}: ${await response.text()}`)
  return (await response.json()) as { readonly Items?: readonly object[] }
}
