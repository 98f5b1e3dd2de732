import { Fault } from '@writ/domain'
import { createEdge, earlyMilliseconds, type EdgeParts, type Handler } from './edge.ts'
import { fieldsOf } from './http-event.ts'

/** What Lambda takes for “all is done but these”: it hands those out again, and goes on after them. */
export type WorkResult = {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[]
}

type WorkParts = EdgeParts & {
  /** One record of a DynamoDB stream or one message of a queue. */
  readonly onRecord: (record: unknown) => Promise<void>
  /** What a schedule asks for; it is asked again and again whether there is time for another piece of work. */
  readonly onSchedule: (isTimeLeft: () => boolean) => Promise<void>
}

/** Below this no new piece of work is begun: a piece takes less, and the edge needs its own share. */
const leastForAPiece = 4 * earlyMilliseconds

/** A function that works through batches of records, or by the clock. What failed is handed out again, the rest is not. */
export function createWorkHandler(parts: WorkParts): Handler<WorkResult> {
  return createEdge({
    ...parts,
    serve: async (event, context) => {
      const { Records: records, 'detail-type': type } = fieldsOf(event)
      const isTimeLeft = (): boolean => context.getRemainingTimeInMillis() > leastForAPiece
      if (Array.isArray(records))
        return { batchItemFailures: await failuresIn(records, parts, isTimeLeft) }
      if (type !== 'Scheduled Event') throw unknownEvent()
      await parts.onSchedule(isTimeLeft)
      return { batchItemFailures: [] }
    },
    onFault: null, // nobody reads an answer here; Lambda has to hear that it failed
    isFailure: ({ batchItemFailures }) => batchItemFailures.length > 0,
  })
}

async function failuresIn(
  records: readonly unknown[],
  { onRecord, log, metrics }: WorkParts,
  isTimeLeft: () => boolean,
): Promise<WorkResult['batchItemFailures']> {
  const failed: { itemIdentifier: string }[] = []
  for (const record of records) {
    const itemIdentifier = identifierOf(record)
    try {
      if (!isTimeLeft()) throw new Fault('out-of-time', 'There was no time left for this record')
      await onRecord(record)
    } catch (thrown) {
      log('record', { record: itemIdentifier }, thrown)
      failed.push({ itemIdentifier })
    }
  }
  metrics.add('Records', records.length, 'Count')
  metrics.add('FailedRecords', failed.length, 'Count')
  return failed
}

/** Without one Lambda could not tell which record is meant, and the whole batch fails. */
function identifierOf(record: unknown): string {
  const { dynamodb, messageId } = fieldsOf(record)
  const id = fieldsOf(dynamodb)['SequenceNumber'] ?? messageId
  if (typeof id === 'string' && id !== '') return id
  throw new Fault('internal', 'A record has no SequenceNumber and no messageId')
}

function unknownEvent(): Fault {
  const message = 'This function takes batches of records and scheduled events, and this is neither'
  return new Fault('request-malformed', message)
}
