import { join } from 'node:path'
import { Fault } from '@writ/domain'
import { createTables, missingTables, openDynamoStore, ownClient, tableNames } from '@writ/dynamo'
import type { Books, LogStore } from '@writ/service'
import { openStore } from '@writ/sqlite'
import type { Options } from './options.ts'

export type OpenBooks = Books & {
  readonly log: LogStore
  readonly close: () => Promise<void> | void
}

/** Opens the store that was asked for; whatever keeps it from being used is a Fault that says what to do. */
export async function openBooks({
  data,
  dynamodbEndpoint,
}: Pick<Options, 'data' | 'dynamodbEndpoint'>): Promise<OpenBooks> {
  if (dynamodbEndpoint === null) return openStore(join(data, 'writ.db'))
  const missing = await answered(
    dynamodbEndpoint,
    missingTables(ownClient(dynamodbEndpoint), names),
  )
  if (missing.length > 0)
    throw new Fault(
      'start-refused',
      `${dynamodbEndpoint} lacks ${missing.join(', ')}. Make what is missing: npm start -- tables create --dynamodb-endpoint ${dynamodbEndpoint}`,
    )
  return openDynamoStore({ client: ownClient(dynamodbEndpoint), tables: names })
}

/** Makes the tables and indexes that are missing there; gives their names. */
export function makeTables(endpoint: string): Promise<readonly string[]> {
  return answered(endpoint, createTables(ownClient(endpoint), names))
}

const names = tableNames('writ')

async function answered<Out>(endpoint: string, asked: Promise<Out>): Promise<Out> {
  try {
    return await asked
  } catch (cause) {
    throw new Fault(
      'start-refused',
      `No DynamoDB answers at ${endpoint} as it should. Start one there, or name another: --dynamodb-endpoint URL`,
      { cause },
    )
  }
}
