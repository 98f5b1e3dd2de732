import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { operations } from '@writ/dynamo'
import { beforeAll, describe, expect, test } from 'vitest'
import { calls } from '../../packages/infra/src/calls.ts'
import { buildFunctions } from '../../tools/functions.ts'
import { ensureSst } from '../../tools/sst.ts'
import { testBundles } from './bundles.ts'
import { testKeys, testReceiptKeys } from './keys.ts'
import { testTurns } from './turns.ts'
import { list, record, type Resource } from './mocks.ts'
import { findingsOn } from './plan.ts'
import { root, statementsOf, synthesized } from './synthesized.ts'

beforeAll(async () => {
  await buildFunctions(join(root, 'dist', 'functions'))
  await ensureSst()
})

/** The attributes that a change of an item may name. */
const namesIn = (condition: unknown): string =>
  list(record(record(condition)['ForAllValues:StringEquals'])['dynamodb:Attributes'] ?? 'any')
    .map(String)
    .join(' ')

describe.each(['dev', 'production'] as const)('%s', (stage) => {
  let resources: readonly Resource[] = []
  let whole: ReturnType<typeof synthesized>
  const of = (type: string): readonly Resource[] => resources.filter((each) => each.type === type)
  beforeAll(() => {
    whole = synthesized(stage)
    resources = whole.resources
  })

  test('no statement has a wildcard, but for the streams of a log group of its own and the objects of one bucket', () => {
    const broad = statementsOf(resources).filter(
      ({ actions, resources: on }) =>
        [...actions, ...on].some((text) => text.includes('*')) &&
        !on.every((arn) =>
          /^arn:aws:logs:[^*]+:log-group:\w+Logs:\*$|^arn:aws:s3:::writ-[\w-]+-bundlesbucket-[a-z]+\/\*$/.test(
            arn,
          ),
        ),
    )
    expect(broad).toEqual([])
  })

  test('a role is taken by the service that needs it, and by nobody else; no managed policy is attached', () => {
    const trusted = of('aws:iam/role:Role').map(({ name, inputs }) => [
      name,
      list(record(inputs['assumeRolePolicy'])['Statement']).map(
        (each) => record(each)['Principal'],
      ),
      inputs['managedPolicyArns'] ?? [],
    ])
    const lambda = [{ Service: 'lambda.amazonaws.com' }]
    expect(trusted).toEqual([
      ['AdminRole', lambda, []],
      ['DecideRole', lambda, []],
      ['FoldAgainRole', [{ Service: 'scheduler.amazonaws.com' }], []],
      ['FoldRole', lambda, []],
      ['ReadRole', lambda, []],
      ['SealAgainRole', [{ Service: 'scheduler.amazonaws.com' }], []],
      ['SealRole', lambda, []],
    ])
  })

  test.each(Object.entries(calls))(
    '%s may do with the tables what its code asks of them',
    (name, methods) => {
      const role = `${name.charAt(0).toUpperCase()}${name.slice(1)}Role`
      const granted = statementsOf(resources)
        .filter(({ on }) => on === role)
        .flatMap(({ actions, resources: on, condition }) =>
          actions.flatMap((action) =>
            on.map((arn) => `${action} ${placeOf(arn)} ${namesIn(condition)}`),
          ),
        )
        .filter((grant) => grant.startsWith('dynamodb:') && !grant.includes('/stream/'))
      const asked = methods
        .flatMap((method) => operations[method])
        .map(
          ({ action, table, index, attributes }) =>
            `dynamodb:${action} ${table}${index === null ? '' : `/index/${index}`} ${attributes?.join(' ') ?? 'any'}`,
        )
      expect(granted.toSorted()).toEqual([...new Set(asked)].toSorted())
    },
  )

  testKeys(() => resources)
  testBundles(() => whole)

  test('records are encrypted under the key, recoverable, never expire, and in production cannot be deleted', () => {
    expect(of('aws:dynamodb/table:Table')).toHaveLength(6)
    for (const { name, inputs } of of('aws:dynamodb/table:Table')) {
      expect(inputs, name).toMatchObject({
        pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 35 },
        serverSideEncryption: {
          enabled: true,
          kmsKeyArn: expect.stringContaining(':key/RecordsKey'),
        },
        deletionProtectionEnabled: stage === 'production',
      })
      expect(inputs['ttl'], name).toBeUndefined()
    }
  })

  test('every route asks who calls, but the health check; no page of another origin may call', () => {
    const routes = of('aws:apigatewayv2/route:Route').map(({ inputs }) =>
      [inputs['routeKey'], inputs['authorizationType']].join(' '),
    )
    expect(routes.toSorted()).toEqual([
      '$default AWS_IAM',
      'GET /healthz NONE',
      'POST /v1/decisions AWS_IAM',
      'POST /v1/outcomes AWS_IAM',
      'POST /v1/records/{id}/erase AWS_IAM',
      'POST /v1/waivers AWS_IAM',
      'POST /v1/waivers/{id}/revoke AWS_IAM',
    ])
    const cors = of('aws:apigatewayv2/api:Api').map(({ inputs }) => inputs['corsConfiguration'])
    expect(cors).toEqual([{}])
    expect(of('aws:apigatewayv2/stage:Stage')[0]?.inputs).toMatchObject({
      accessLogSettings: { destinationArn: expect.any(String) },
      defaultRouteSettings: {
        throttlingRateLimit: expect.any(Number),
        throttlingBurstLimit: expect.any(Number),
      },
    })
  })

  test('functions are bounded, and log as JSON into groups that expire', () => {
    expect(of('aws:lambda/function:Function')).toHaveLength(5)
    for (const { name, inputs } of of('aws:lambda/function:Function'))
      expect(inputs, name).toMatchObject({
        architectures: ['arm64'],
        runtime: 'nodejs24.x',
        packageType: 'Zip',
        timeout: /^(Fold|Seal)/.test(name) ? 60 : 10,
        reservedConcurrentExecutions: expect.any(Number),
        loggingConfig: {
          logFormat: 'JSON',
          logGroup: name.replace('Function', 'Logs'),
          systemLogLevel: 'WARN',
        },
      })
    for (const { name, inputs } of of('aws:cloudwatch/logGroup:LogGroup'))
      expect(inputs['retentionInDays'], name).toEqual(expect.any(Number))
  })

  test('what is kept warm is what is called', () => {
    const warm = of('aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig')
    expect(warm).toHaveLength(stage === 'production' ? 1 : 0)
    const called = of('aws:apigatewayv2/integration:Integration').map(
      ({ inputs }) => inputs['integrationUri'],
    )
    for (const { inputs } of warm)
      expect(called).toContainEqual(
        expect.stringMatching(
          new RegExp(`:${['function', inputs['functionName'], inputs['qualifier']].join(':')}$`),
        ),
      )
  })

  test('the fold is woken by every record and by the clock; what it gives up is kept, and an alarm says so', () => {
    expect(
      of('aws:lambda/eventSourceMapping:EventSourceMapping').map(({ inputs }) => inputs),
    ).toEqual([
      expect.objectContaining({
        startingPosition: 'TRIM_HORIZON',
        functionResponseTypes: ['ReportBatchItemFailures'],
        bisectBatchOnFunctionError: true,
        maximumRetryAttempts: 5,
        destinationConfig: { onFailure: { destinationArn: expect.stringContaining(':sqs:') } },
      }),
    ])
    expect(of('aws:scheduler/schedule:Schedule')[0]?.inputs['target']).toMatchObject({
      input: '{"detail-type":"Scheduled Event"}',
      deadLetterConfig: { arn: expect.stringContaining(':sqs:') },
    })
    expect(of('aws:sqs/queue:Queue')[0]?.inputs).toMatchObject({
      sqsManagedSseEnabled: true,
      messageRetentionSeconds: 1_209_600,
    })
    const alarms = of('aws:cloudwatch/metricAlarm:MetricAlarm')
    expect(alarms.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['DeadLetters', 'FoldBehind']),
    )
    for (const { name, inputs } of alarms)
      expect(list(inputs['alarmActions']), name).toHaveLength(1)
  })

  test('the shipped pack governs them, and has nothing to say of production', async () => {
    const unprotected = of('aws:dynamodb/table:Table').map(
      ({ name }) => `config.terraform.deletion_protection on aws_dynamodb_table.${name}`,
    )
    expect(await findingsOn(resources)).toEqual(stage === 'production' ? [] : unprotected)
  })

  test('and it would, were a key or a table less careful', async () => {
    const careless = JSON.stringify(resources)
      .replaceAll('"enableKeyRotation":true', '"enableKeyRotation":false')
      .replaceAll('"deletionProtectionEnabled":true', '"deletionProtectionEnabled":false')
      .replaceAll('"pointInTimeRecovery":{"enabled":true', '"pointInTimeRecovery":{"enabled":false')
    const found = (await findingsOn(JSON.parse(careless))).map((line) => line.split(' ')[0] ?? '')
    expect(new Set(found)).toEqual(
      new Set([
        'config.terraform.deletion_protection',
        'config.terraform.key_rotation',
        'config.terraform.table_recovery',
      ]),
    )
  })

  test('the resources are those that were reviewed', () => {
    const lines = resources
      .filter(({ type }) => !/^(sst|pulumi):/.test(type))
      .map(
        ({ type, name }) =>
          `${type} ${name.replace(/^(ApiRoute[A-Z][a-z]{5}|BundleFile\w+)/, unnumbered)}`,
      )
    const text = `${lines.toSorted().join('\n')}\n`
    const file = join(root, 'test/golden/infra', `${stage}.txt`)
    if (process.env['WRITE_GOLDEN'] === '1') {
      mkdirSync(join(file, '..'), { recursive: true })
      writeFileSync(file, text)
    }
    expect(text).toBe(readFileSync(file, 'utf8'))
  })
})

/** Routes and files are named by what they are of. */
const unnumbered = (name: string): string => (name.startsWith('Api') ? 'ApiRoute' : 'BundleFile')

const tableArn = /^.*:table\/writ-\w+-(\w+)Table-[a-z]{8}/
function placeOf(arn: string): string {
  return arn.replace(tableArn, (_, name: string) => name.toLowerCase())
}

const refusals: readonly [string, string, Record<string, string | undefined>, string][] = [
  ['a stage that there is not', 'staging', {}, 'There is no stage staging: deploy with --stage dev or --stage production'],
  ['a setting that is missing', 'dev', { WRIT_TENANT: undefined }, 'WRIT_TENANT is not set; write for example WRIT_TENANT=acme'],
  ['a setting that is no such thing', 'dev', { WRIT_ALARM_EMAIL: 'nobody' }, 'WRIT_ALARM_EMAIL is nobody; write for example WRIT_ALARM_EMAIL=platform@example.com'],
  ['a moved log without its name', 'dev', { WRIT_LOG_KEYS: '0,1' }, 'set WRIT_MOVED_LOG too'],
  ['a moved log that is none', 'dev', { WRIT_MOVED_LOG: 'writ.local/log' }, 'WRIT_MOVED_LOG is the line of log.vkey'],
  ['the key of a moved log alone', 'dev', { WRIT_LOG_KEYS: '0' }, 'write 1, then 1,2, then 2'],
  ['a key of the log that does not follow the other', 'dev', { WRIT_LOG_KEYS: '1,3' }, 'WRIT_LOG_KEYS is the number of the key that signs, or while it turns that and the next: write 1, then 1,2, then 2'],
  ['a key of the receipts that is none', 'dev', { WRIT_RECEIPT_KEYS: '0,1' }, 'WRIT_RECEIPT_KEYS is the number of the key'],
] // prettier-ignore
test.each(refusals)('refused: %s', (_, stage, more, message) => {
  expect(() => synthesized(stage, more)).toThrow(message)
})

testTurns()
testReceiptKeys()
