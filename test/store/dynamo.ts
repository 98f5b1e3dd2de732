import type { AddressInfo } from 'node:net'
import { createTables, openDynamoStore, tableNames, type DynamoOptions } from '@writ/dynamo'
import type { OpenStore } from '@writ/testkit'
import dynalite from 'dynalite'

/** How a client finds a DynamoDB on this machine, which believes whatever it is told of who asks. */
function clientOf(endpoint: string): DynamoOptions['client'] {
  return {
    endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  }
}

/** A machine that also does other things gets more time than a region of AWS. */
const patience = { call: 60_000, attempt: 10_000 }

let opened = 0

/** Opens a store over tables that nobody else uses. */
export function overTables(endpoint: () => string): OpenStore {
  return async () => {
    opened += 1
    const tables = tableNames(`writ-${process.pid}-${opened}`)
    await createTables(clientOf(endpoint()), tables)
    return openDynamoStore({ client: clientOf(endpoint()), tables, patience })
  }
}

export type Running = { readonly endpoint: string; readonly stop: () => Promise<void> }

export async function startDynalite(path?: string): Promise<Running> {
  const server = dynalite({ ...(path === undefined ? {} : { path }), createTableMs: 0 })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address: AddressInfo | string | null = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('dynalite did not listen')
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
