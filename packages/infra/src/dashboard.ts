import type { Stage } from './stage.ts'
import type { Watched } from './watched.ts'

/** One page to look at: what was asked and how long it took, what failed, what the tables took, what waits. */
export function makeDashboard(stage: Stage, { functions, tables, api, dead }: Watched): void {
  const named = $util.all([
    $util.all(Object.values(functions).map(({ name }) => name)),
    $util.all(Object.values(tables).map(({ name }) => name)),
    api.nodes.api.id,
    dead.nodes.queue.name,
    aws.getRegionOutput().region,
  ])
  new aws.cloudwatch.Dashboard('Dashboard', {
    dashboardName: `writ-${stage.name}`,
    dashboardBody: named.apply(([functionNames, tableNames, apiId, queue, region]) =>
      JSON.stringify({
        widgets: chartsOf({ functionNames, tableNames, apiId, queue }).map((chart, at) =>
          widget(chart, at, region),
        ),
      }),
    ),
  })
}

type Names = {
  readonly functionNames: readonly string[]
  readonly tableNames: readonly string[]
  readonly apiId: string
  readonly queue: string
}

type Chart = { readonly title: string; readonly metrics: readonly Metric[] }

/** As CloudWatch writes one: namespace, metric, dimension, its value, how it is summed. */
type Metric = readonly [string, string, string, string, { readonly stat: string }]

function chartsOf({ functionNames, tableNames, apiId, queue }: Names): readonly Chart[] {
  const ofApi = (metric: string, stat: string): Metric => [
    'AWS/ApiGateway',
    metric,
    'ApiId',
    apiId,
    { stat },
  ]
  const ofFunctions = (metric: string, stat: string): readonly Metric[] =>
    functionNames.map((name) => ['AWS/Lambda', metric, 'FunctionName', name, { stat }])
  const ofTables = (metric: string): readonly Metric[] =>
    tableNames.map((name) => ['AWS/DynamoDB', metric, 'TableName', name, { stat: 'Sum' }])
  const waiting: Metric = [
    'AWS/SQS',
    'ApproximateNumberOfMessagesVisible',
    'QueueName',
    queue,
    { stat: 'Maximum' },
  ]
  return [
    {
      title: 'Requests and failures',
      metrics: ['Count', '4xx', '5xx'].map((metric) => ofApi(metric, 'Sum')),
    },
    { title: 'Latency, p99', metrics: [ofApi('Latency', 'p99')] },
    { title: 'Functions at once', metrics: ofFunctions('ConcurrentExecutions', 'Maximum') },
    { title: 'Function errors', metrics: ofFunctions('Errors', 'Sum') },
    { title: 'Capacity written', metrics: ofTables('ConsumedWriteCapacityUnits') },
    { title: 'Wake-ups given up', metrics: [waiting] },
  ]
}

/** Two in a row. */
function widget({ title, metrics }: Chart, at: number, region: string) {
  const place = { x: (at % 2) * 12, y: Math.floor(at / 2) * 6, width: 12, height: 6 }
  return {
    type: 'metric',
    ...place,
    properties: { title, metrics, region, period: 60, view: 'timeSeries' },
  }
}
