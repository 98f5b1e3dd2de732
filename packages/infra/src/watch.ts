import { makeDashboard } from './dashboard.ts'
import { titled } from './functions.ts'
import type { Stage } from './stage.ts'
import type { Watched } from './watched.ts'

type Alarm = {
  readonly name: string
  readonly why: string
  readonly namespace: string
  readonly metric: string
  readonly dimensions: Readonly<Record<string, $util.Input<string>>>
  readonly statistic?: 'Sum' | 'Maximum'
  readonly above: number
  readonly minutes: number
  /** True where it is bad news that nothing is told. */
  readonly wakesOnSilence?: boolean
}

/** What wakes a person, where they read it, and what it may cost. Everything goes to one topic, which mails this address. */
export function watch(stage: Stage, watched: Watched, mailTo: string): void {
  const topic = new aws.sns.Topic('Alarms', { kmsMasterKeyId: watched.key.id })
  new aws.sns.TopicSubscription('AlarmsByMail', {
    topic: topic.arn,
    protocol: 'email',
    endpoint: mailTo,
  })
  for (const alarm of alarmsOf(watched)) makeAlarm(alarm, topic)
  makeDashboard(stage, watched)
  makeBudget(stage, mailTo)
}

function alarmsOf({ functions, tables, api, dead }: Watched): readonly Alarm[] {
  return [
    ...Object.entries(functions).flatMap(([name, { name: FunctionName }]) =>
      functionAlarms(name, { FunctionName }),
    ),
    ...Object.entries(tables).flatMap(([name, { name: TableName }]) =>
      tableAlarms(name, { TableName }),
    ),
    ...workerAlarms(functions),
    {
      name: 'ApiFailures',
      why: 'Callers got 5xx: nothing was decided for them',
      namespace: 'AWS/ApiGateway',
      metric: '5xx',
      dimensions: { ApiId: api.nodes.api.id },
      above: 5,
      minutes: 5,
    },
    {
      name: 'DeadLetters',
      why: 'Wake-ups of the fold were given up: scorecards are behind until the next schedule',
      namespace: 'AWS/SQS',
      metric: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: dead.nodes.queue.name },
      statistic: 'Maximum',
      above: 0,
      minutes: 5,
    },
  ]
}

/** Those who work by themselves: nobody waits for their answer, and would miss it. */
function workerAlarms({ fold }: Watched['functions']): readonly Alarm[] {
  return [
    {
      name: 'SealingBehind',
      why: 'An entry has waited for its place in the log for half as long as receipts promise, or sealing does not run: it may have halted',
      namespace: 'Writ',
      metric: 'OldestUnsealed',
      dimensions: { function: 'seal' },
      statistic: 'Maximum',
      above: 150_000,
      minutes: 3,
      wakesOnSilence: true,
    },
    {
      name: 'FoldBehind',
      why: 'A record has waited five minutes to be folded: scorecards are behind',
      namespace: 'AWS/Lambda',
      metric: 'IteratorAge',
      dimensions: { FunctionName: fold.name },
      statistic: 'Maximum',
      above: 300_000,
      minutes: 3,
    },
  ]
}

function functionAlarms(name: string, dimensions: Alarm['dimensions']): readonly Alarm[] {
  const on = { namespace: 'AWS/Lambda', dimensions, above: 0, minutes: 3 }
  return [
    {
      ...on,
      name: `${titled(name)}Errors`,
      metric: 'Errors',
      why: `${name} failed or ran out of time`,
    },
    {
      ...on,
      name: `${titled(name)}Throttles`,
      metric: 'Throttles',
      why: `${name} was refused an environment: raise its concurrency`,
    },
  ]
}

function tableAlarms(name: string, dimensions: Alarm['dimensions']): readonly Alarm[] {
  const on = { namespace: 'AWS/DynamoDB', dimensions, above: 10, minutes: 3 }
  return [
    {
      ...on,
      name: `${titled(name)}WritesThrottled`,
      metric: 'WriteThrottleEvents',
      why: `Writes to ${name} outrun its capacity: decisions wait, or are refused`,
    },
    {
      ...on,
      name: `${titled(name)}ReadsThrottled`,
      metric: 'ReadThrottleEvents',
      why: `Reads of ${name} outrun its capacity`,
    },
  ]
}

function makeAlarm(alarm: Alarm, topic: aws.sns.Topic): void {
  new aws.cloudwatch.MetricAlarm(alarm.name, {
    alarmDescription: alarm.why,
    namespace: alarm.namespace,
    metricName: alarm.metric,
    dimensions: alarm.dimensions,
    statistic: alarm.statistic ?? 'Sum',
    period: 60,
    evaluationPeriods: alarm.minutes,
    threshold: alarm.above,
    comparisonOperator: 'GreaterThanThreshold',
    treatMissingData: alarm.wakesOnSilence === true ? 'breaching' : 'notBreaching',
    alarmActions: [topic.arn],
    okActions: [topic.arn],
  })
}

function makeBudget({ name, budgetDollars }: Stage, mailTo: string): void {
  new aws.budgets.Budget('Budget', {
    name: `writ-${name}`,
    budgetType: 'COST',
    limitAmount: String(budgetDollars),
    limitUnit: 'USD',
    timeUnit: 'MONTHLY',
    costFilters: [{ name: 'TagKeyValue', values: [`user:stage$${name}`] }],
    notifications: (['ACTUAL', 'FORECASTED'] as const).map((notificationType) => ({
      notificationType,
      comparisonOperator: 'GREATER_THAN',
      threshold: notificationType === 'ACTUAL' ? 80 : 100,
      thresholdType: 'PERCENTAGE',
      subscriberEmailAddresses: [mailTo],
    })),
  })
}
