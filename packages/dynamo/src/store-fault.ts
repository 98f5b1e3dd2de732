import { Fault } from '@writ/domain'

/** What is to be made of a request that failed. */
export type Failing =
  /** The condition does not hold: an answer, not a failure. */
  | 'condition'
  /** Nothing was done, and it will be if it is asked later. */
  | 'throttled'
  /** Whether it was done is not known: the reply was lost, came too late, or says that the server failed. */
  | 'unknown'
  /** It will fail again however often it is asked. */
  | 'refused'

const throttling: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'LimitExceededException',
])

export function failingOf(thrown: unknown): Failing {
  const name = nameOf(thrown)
  if (name === 'ConditionalCheckFailedException') return 'condition'
  if (throttling.has(name)) return 'throttled'
  const status = statusOf(thrown)
  if (status === 429) return 'throttled'
  return status !== null && status >= 400 && status < 500 ? 'refused' : 'unknown'
}

/** Whatever was thrown, as a Fault that says what is wrong with the store. */
export function storeFault(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown
  return new Fault('records-unavailable', wordsFor(thrown), { cause: thrown })
}

function wordsFor(thrown: unknown): string {
  const name = nameOf(thrown)
  if (name === 'ResourceNotFoundException')
    return 'A table of the store is missing; create the tables first'
  if (throttling.has(name)) return 'The store takes no more requests at the moment'
  if (failingOf(thrown) === 'refused') return `DynamoDB refused the request: ${name}`
  return 'DynamoDB did not answer in time'
}

function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : ''
}

function statusOf(thrown: unknown): number | null {
  if (typeof thrown !== 'object' || thrown === null || !('$metadata' in thrown)) return null
  const metadata: unknown = thrown.$metadata
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata))
    return null
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : null
}
