import {
  missingTables,
  openDynamoStore,
  ownClient,
  tableNames,
  type DynamoAudit,
  type DynamoLog,
  type DynamoStore,
} from '@writ/dynamo'
import { Fault } from '@writ/domain'

/** Nobody waits for an answer here, and much is asked at once. */
const patience = { call: 120_000, attempt: 30_000 }

/** The tables that a house keeps in a DynamoDB of one's own. */
export async function openDynamodb(
  endpoint: string,
): Promise<DynamoStore & DynamoLog & DynamoAudit> {
  const [client, tables] = [ownClient(endpoint), tableNames('writ')]
  const missing = await missingTables(client, tables).catch((cause: unknown) => {
    throw new Fault('records-unavailable', `No DynamoDB answers at ${endpoint}`, { cause })
  })
  if (missing.length === 0) return openDynamoStore({ client, tables, patience })
  throw new Fault(
    'request-invalid',
    `${endpoint} lacks ${missing.join(', ')}. Make what is missing: npm start -- tables create --dynamodb-endpoint ${endpoint}`,
  )
}
