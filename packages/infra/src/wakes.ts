import type { Tables } from './tables.ts'

/** Wake-ups that were given up wait here for two weeks, and an alarm says so. */
export function makeDeadLetters(): sst.aws.Queue {
  return new sst.aws.Queue('FoldDead', {
    transform: { queue: { sqsManagedSseEnabled: true, messageRetentionSeconds: 1_209_600 } },
  })
}

/**
 * What wakes the fold: each new record, through the table's stream, and every five minutes a look for what a wake-up missed.
 * A batch that keeps failing is halved until one record is left; that one goes to the dead letters, and the others go on.
 */
export function wakeFold({
  fold,
  records,
  dead,
}: {
  readonly fold: sst.aws.Function
  readonly records: Tables['records']
  readonly dead: sst.aws.Queue
}): void {
  records.subscribe('Fold', fold.arn, {
    filters: [{ eventName: ['INSERT'] }],
    transform: {
      eventSourceMapping: (args) => {
        args.startingPosition = 'TRIM_HORIZON' // a record made while this is deployed is folded too
        args.batchSize = 100
        args.maximumBatchingWindowInSeconds = 1
        args.bisectBatchOnFunctionError = true
        args.maximumRetryAttempts = 5
        args.maximumRecordAgeInSeconds = 86_400
        args.functionResponseTypes = ['ReportBatchItemFailures']
        args.destinationConfig = { onFailure: { destinationArn: dead.arn } }
      },
    },
  })
  new sst.aws.CronV2('FoldAgain', {
    function: fold.arn,
    schedule: 'rate(5 minutes)',
    event: { 'detail-type': 'Scheduled Event' },
    retries: 2,
    dlq: dead.arn,
  })
}

/** Each minute, until all that waits is sealed. One that failed is not made up for: the next minute's does the same. */
export function wakeSeal(seal: sst.aws.Function): void {
  new sst.aws.CronV2('SealAgain', {
    function: seal.arn,
    schedule: 'rate(1 minute)',
    event: { 'detail-type': 'Scheduled Event' },
    retries: 0,
  })
}

/** What the fold's role needs to be woken: Lambda reads the stream, and writes to the dead letters, in its name. */
export function wakePermissions({
  records,
  dead,
}: {
  readonly records: Tables['records']
  readonly dead: sst.aws.Queue
}): readonly sst.aws.FunctionPermissionArgs[] {
  return [
    {
      // The fourth is not called, but Lambda does not take up the stream without it.
      actions: [
        'dynamodb:DescribeStream',
        'dynamodb:GetRecords',
        'dynamodb:GetShardIterator',
        'dynamodb:ListStreams',
      ],
      resources: [records.nodes.table.streamArn],
    },
    { actions: ['sqs:SendMessage'], resources: [dead.arn] },
  ]
}
