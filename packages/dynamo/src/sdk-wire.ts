import {
  BatchGetItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
  type DynamoDBClientConfig,
} from '@aws-sdk/client-dynamodb'
import type { Wire } from './wire.ts'

/** AWS's own client: it finds credentials wherever a machine may have them. Its retries are off, whatever the config says. */
export function sdkWire(config: DynamoDBClientConfig): Wire {
  const client = new DynamoDBClient({ ...config, maxAttempts: 1 })
  return {
    putItem: (input, abortSignal) => client.send(new PutItemCommand(input), { abortSignal }),
    updateItem: (input, abortSignal) => client.send(new UpdateItemCommand(input), { abortSignal }),
    deleteItem: (input, abortSignal) => client.send(new DeleteItemCommand(input), { abortSignal }),
    getItem: (input, abortSignal) => client.send(new GetItemCommand(input), { abortSignal }),
    query: (input, abortSignal) => client.send(new QueryCommand(input), { abortSignal }),
    scan: (input, abortSignal) => client.send(new ScanCommand(input), { abortSignal }),
    batchGetItem: (input, abortSignal) =>
      client.send(new BatchGetItemCommand(input), { abortSignal }),
    close: () => client.destroy(),
  }
}
