import type {
  BatchGetItemCommandInput,
  BatchGetItemCommandOutput,
  DeleteItemCommandInput,
  DeleteItemCommandOutput,
  GetItemCommandInput,
  GetItemCommandOutput,
  PutItemCommandInput,
  PutItemCommandOutput,
  QueryCommandInput,
  QueryCommandOutput,
  ScanCommandInput,
  ScanCommandOutput,
  UpdateItemCommandInput,
  UpdateItemCommandOutput,
} from '@aws-sdk/client-dynamodb'

/** One attempt at a request, until it is answered or the signal ends it. */
type Send<Input, Output> = (input: Input, signal: AbortSignal) => Promise<Omit<Output, '$metadata'>>

/**
 * The requests that the store sends. One that fails is an Error with the name that DynamoDB gives it and the status in
 * `$metadata`; without a status nobody answered.
 */
export type Wire = {
  readonly putItem: Send<PutItemCommandInput, PutItemCommandOutput>
  readonly updateItem: Send<UpdateItemCommandInput, UpdateItemCommandOutput>
  readonly deleteItem: Send<DeleteItemCommandInput, DeleteItemCommandOutput>
  readonly getItem: Send<GetItemCommandInput, GetItemCommandOutput>
  readonly query: Send<QueryCommandInput, QueryCommandOutput>
  readonly scan: Send<ScanCommandInput, ScanCommandOutput>
  readonly batchGetItem: Send<BatchGetItemCommandInput, BatchGetItemCommandOutput>
  /** Lets go of the connections. */
  readonly close: () => void
}
